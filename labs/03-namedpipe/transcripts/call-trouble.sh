. labs/transcript.sh

half call_server
half call_client
run - './call_client desk; echo $?'
start A './call_server desk'
see A
run B "head -c 505 /dev/zero | tr '\0' x | ./call_client desk; echo \$?"
start B 'echo hello > desk'
end B
see A
interrupt A
status A
run A './call_server desk many; echo $?'
