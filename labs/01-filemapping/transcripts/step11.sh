. labs/transcript.sh

half server 1 2 3 4 5 6
half client 1 2 3 4 5
start A './server board'
see A
start B './client board'
type A 'hello'
see B
type A 'are you there?'
see B
type A ''
see B
eof A
end A
end B
status A
status B
