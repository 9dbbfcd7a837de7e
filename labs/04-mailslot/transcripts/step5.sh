. labs/transcript.sh

half server
half client 1
run B './client board; echo $?'
start A './server board'
see A
run B 'echo milk | ./client board; echo $?'
exec 2>/dev/null # bash would say here that the server was killed
run B 'kill -9 $(pidof -s server)'
end A
run B './client board; echo $?'
run B 'ls board'
