. labs/transcript.sh

half client
run - './client board; echo $?'
run - './client ../board; echo $?'
run - './client; echo $?'
