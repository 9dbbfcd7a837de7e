. labs/transcript.sh

half server
half client
start A 'strace -o trace -e trace=munmap ./server board'
see A
start B './client board'
type A 'hello'
see B
eof A
end A
end B
run A 'tail -n 2 trace'
