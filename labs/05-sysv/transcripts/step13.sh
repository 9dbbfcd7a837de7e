. labs/transcript.sh

half buffer_server
half buffer_client 1
run B './buffer_client board < /dev/null; echo $?'
run B 'touch board; ./buffer_client board < /dev/null; echo $?'
start A './buffer_server board'
see A
find_key
start B './buffer_client board'
await "ipcs -m | grep -E '$key .* 2 +\$'"
run - "ipcs -m | grep -E 'key|0x4c'"
interrupt A
eof B
