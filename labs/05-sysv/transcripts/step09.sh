. labs/transcript.sh

half buffer_server 1 2 3
start A './buffer_server board'
see A
run B "ipcs -m | grep -E 'key|0x4c'"
run B "ipcs -s | grep -E 'key|0x4c'"
await "ipcs -s -i $id | grep -E '^0 +1 +0 +1 '"
run B "ipcs -s -i 8 | grep -A 3 value"
interrupt A
run B "ipcs -m | grep -E 'key|0x4c'"
