. labs/transcript.sh

half call_server
half call_client
start A './call_server desk'
see A
start B './call_client desk'
type B 'hello'
see B
run - 'echo good morning | ./call_client desk'
type B 'are you there?'
see B
eof B
end B
run B '(for i in 1 2 3 4 5; do seq 1000 | ./call_client desk & done; wait) | wc -l'
run B 'echo bye | ./call_client desk'
interrupt A
status A
run A 'ls desk*'
