. labs/transcript.sh

half server 1 2 3 4 5
start A './server board'
see A
type A 'one'
type A 'two'
eof A
interrupt A
run A 'ls /dev/shm/sem.board.*'
start A './server board'
see A
