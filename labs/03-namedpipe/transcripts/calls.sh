. labs/transcript.sh

half call_server
half call_client
start A './call_server desk 4'
see A
start B './call_client desk'
type B 'milk'
see B
run - "printf 'bread\n\n' | ./call_client desk"
type B 'two apples'
see B
eof B
end B
end A
status A
run A 'ls desk*'
