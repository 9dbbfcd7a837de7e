. labs/transcript.sh

half server 1
run - '(umask 777; ./server board < /dev/null); ls -l board'
