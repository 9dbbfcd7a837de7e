. labs/transcript.sh

half call_server
half call_client 1 2 3 4 5
start A './call_server desk 2'
see A
start B './call_client desk'
type B 'one'
type B 'two'
end A
status A
type B 'three'
end B
status B
run A 'mkfifo desk'
start A '(exec 3<>desk; echo ready; head -c 512 <&3 > /dev/null)'
see A
start B './call_client desk'
type B 'are you there?'
end B
status B
end A
