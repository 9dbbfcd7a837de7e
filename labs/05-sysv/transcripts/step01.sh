. labs/transcript.sh

half server 1
run - '(umask 777; ./server board); ls -l board'
run - 'rm board; mkdir board; ./server board; echo $?; rmdir board'
