. labs/transcript.sh

half server
run - 'mkdir board; ./server board; echo $?'
