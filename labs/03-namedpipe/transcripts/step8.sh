. labs/transcript.sh

half call_server
start A './call_server desk'
see A
run B 'mkfifo desk.1'
run B "(exec 3<>desk.1; printf '\1\0\0\0\2\0\0\0%-504s' hi > desk; od -A n -N 10 -c <&3)"
run B "printf '\1\0\0\0\2\0\0\0%-504s' ho > desk"
see A
await '[ ! -e desk.1 ]'
run B 'ls desk.1'
interrupt A
