. labs/transcript.sh

half buffer_server
half buffer_client
miniature
start A './buffer_server board'
see A
run - "ipcs -s | grep -E 'key|0x4c'"
run - './miniature board change 0 -1'
start B './buffer_client board'
type B 'milk'
await "ipcs -s -i $id | grep -E '^0 +0 +1 +0 '"
run - 'ipcs -s -i 7 | grep -A 3 value'
run - './miniature board change 0 1'
see A
eof B
end B
interrupt A
