. labs/transcript.sh

half server 1 2 3 4 5 6
half client
start A './server board'
see A
start B 'strace -o trace -e trace=munmap ./client board'
type A 'hello'
see B
eof A
end A
end B
run B 'tail -n 2 trace'
