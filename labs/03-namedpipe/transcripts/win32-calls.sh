. labs/transcript.sh

half call_server.exe
half call_client.exe
start A 'wine call_server.exe desk 5'
see A
start B 'wine call_client.exe desk'
type B 'milk'
see B
run - "printf 'bread\n\n' | wine call_client.exe desk"
type B 'two apples'
see B
type B 'good morning'
see B
eof B
end B
end A
status A
run B 'echo anybody | wine call_client.exe desk; echo $?'
