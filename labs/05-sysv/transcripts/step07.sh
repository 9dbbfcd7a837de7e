. labs/transcript.sh

half server
half client 1 2 3
start A './server board 1'
see A
start B './client board'
type B 'milk'
see B
type B ''
see B
type B 'two apples'
see B
eof B
end B
run B "echo more | ./client board"
interrupt A
