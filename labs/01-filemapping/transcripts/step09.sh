. labs/transcript.sh

half server 1 2 3 4 5 6
half client 1 2 3
start A './server board'
see A
run B "strace -e trace=openat,mmap ./client board 2>&1 | grep -A 1 '\"board\"'"
