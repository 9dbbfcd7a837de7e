. labs/transcript.sh

half server 1 2 3 4
start A './server board'
see A
run B 'ls -l /dev/shm/sem.board.*'
eof A
end A
status A
run B 'ls -l /dev/shm/sem.board.*'
