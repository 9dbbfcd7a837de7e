. labs/transcript.sh

half buffer_server
half buffer_client 1 2 3 4
start A './buffer_server board 1'
see A
start B './buffer_client board'
type B 'milk'
see A
type B ''
see A
type B 'two apples'
see A
eof B
end B
interrupt A
