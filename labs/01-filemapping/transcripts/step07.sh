. labs/transcript.sh

half server 1 2 3 4 5 6
half client 1
run B './client board'
start A './server board'
see A
run B './client board'
status B
