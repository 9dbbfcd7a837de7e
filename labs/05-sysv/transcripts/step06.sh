. labs/transcript.sh

half server
half client 1
run B './client board < /dev/null; echo $?'
start A './server board'
see A
run B './client board < /dev/null; echo $?'
interrupt A
run B 'touch board; ./client board < /dev/null; echo $?'
