. labs/transcript.sh

half server 1
run - './server board'
run - 'ls -l board'
run - './server board; echo $?'
