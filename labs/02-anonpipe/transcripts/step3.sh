. labs/transcript.sh

half client
run - './client < /dev/null; echo $?'
run - 'echo | ./client; echo $?'
