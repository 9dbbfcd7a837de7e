. labs/transcript.sh

half server 1
(cd "$work" && ./server "board$suffix") >"$ctl/await" 2>&1
half server 1 2 3
miniature
run A 'ls board'
run A './server board'
run A 'ls board'
start B './miniature keep board 10'
await 'ls board'
run A './server board; echo $?'
interrupt B
run A 'rm board; mkdir board; ./server board; echo $?'
run A 'rmdir board'
