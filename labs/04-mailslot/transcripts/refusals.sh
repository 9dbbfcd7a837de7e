. labs/transcript.sh

half server
half client
run - './client board; echo $?'
run - './client ../board; echo $?'
run - './server board 1 2 3; echo $?'
run - 'mkdir board; ./server board; echo $?; rmdir board'
