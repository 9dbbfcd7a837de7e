. labs/transcript.sh

half buffer_server 1 2 3 4 5 6 7
miniature
start A './buffer_server board'
see A
run B "ipcs -s | grep -E 'key|0x4c'"
await "ipcs -s -i $id | grep -E '^2 +0 +1 +0 '"
run B 'ipcs -s -i 7 | grep -A 3 value'
run B './miniature board count 257 1'
run B './miniature board change 2 1'
await "ipcs -s -i $id | grep -E '^2 +0 +1 +0 '"
run B './miniature board count 256 0'
run B './miniature board change 2 1'
await "ipcs -s -i $id | grep -E '^2 +0 +1 +0 '"
run B './miniature board count 256 0'
run B 'ipcs -s -i 7 | grep -A 3 value'
interrupt A
