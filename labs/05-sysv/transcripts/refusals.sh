. labs/transcript.sh

half server
half client
run - './client board; echo $?'
run - './client ../board; echo $?'
run - './server board many; echo $?'
run - './server; echo $?'
