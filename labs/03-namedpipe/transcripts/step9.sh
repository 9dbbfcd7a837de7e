. labs/transcript.sh

half call_server
half call_client 1 2 3
run - './call_client desk; echo $?'
run - 'mkfifo desk; ./call_client desk; echo $?'
run - 'echo milk > note; ./call_client note; echo $?'
start A './call_server desk'
see A
start B './call_client desk'
await "[ -e /proc/${pid[B]}/fd/5 ]"
run - 'ls -l desk*'
eof B
end B
start B './call_client desk'
await "[ -e /proc/${pid[B]}/fd/5 ]"
interrupt B
status B
run B 'ls desk*'
interrupt A
