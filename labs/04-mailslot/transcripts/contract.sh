. labs/transcript.sh

half server
half client
start A './server board 3'
see A
start B './client board'
type B 'milk'
see A
type B ''
see A
type B 'two apples'
see A
end A
status A
eof B
end B
status B
run - 'ls board'
