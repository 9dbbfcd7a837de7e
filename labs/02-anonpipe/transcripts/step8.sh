. labs/transcript.sh

half server 1 2 3 4 5
half client
start A './server ./client'
type A 'hello'
see A
type A 'are you there?'
see A
eof A
end A
run A 'head -c 1000000 /dev/zero | ./server cat | wc -c'
run A 'seq 1000000 | ./server head -n 1'
