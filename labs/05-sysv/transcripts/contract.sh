. labs/transcript.sh

half server
half client
start A './server board 2'
see A
start B './client board'
type B 'milk'
see B
type B 'two apples'
see B
run - 'echo tea | ./client board'
eof B
end B
status B
end A
status A
