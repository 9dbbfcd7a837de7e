. labs/transcript.sh

half server
start A './server board'
see A
run B './server board; echo $?'
