. labs/transcript.sh

half server 1 2 3 4 5 6
half client 1 2
start A './server board'
see A
run B './client board'
run B 'mv board kept; echo short > board; ./client board'
run B 'rm board; mkdir board; ./client board'
run B 'rmdir board; mv kept board; ./client board'
