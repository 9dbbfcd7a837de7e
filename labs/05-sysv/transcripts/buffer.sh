. labs/transcript.sh

half buffer_server
half buffer_client
start A './buffer_server board 1'
see A
start B './buffer_client board'
type B 'milk'
see A
type B 'two apples'
see A
eof B
end B
status B
end A
status A
