. labs/transcript.sh

half buffer_server 1 2 3 4
start A './buffer_server board'
see A
run B "ipcs -m | grep -E 'key|0x4c'"
interrupt A
run B 'ls board; ipcs -m | grep 0x4c; ipcs -s | grep 0x4c'
