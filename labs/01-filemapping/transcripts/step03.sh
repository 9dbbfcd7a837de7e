. labs/transcript.sh

half server 1 2 3
run - 'touch /dev/shm/sem.board.full; ./server board < /dev/null'
run - 'ls /dev/shm/sem.board.full'
