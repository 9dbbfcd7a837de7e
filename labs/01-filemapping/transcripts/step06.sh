. labs/transcript.sh

half server 1 2 3 4 5 6
start A './server board'
see A
type A 'hello'
await 'grep hello board'
run B 'od -A d -t u4 -N 8 board; od -A d -c -j 8 -N 8 board'
