. labs/transcript.sh

half call_server 1 2 3 4 5
start A './call_server desk 2'
see A
run B 'echo hello > desk'
see A
run B 'head -c 512 /dev/zero > desk'
see A
run B "printf '\1\0\0\0\2\0\0\0%-504s' hi > desk"
run B "printf '\1\0\0\0\2\0\0\0%-504s' ho > desk"
end A
status A
run A 'ls desk'
