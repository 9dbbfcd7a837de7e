. labs/transcript.sh

half buffer_server
half buffer_client
start A './buffer_server board'
see A
start B './buffer_client board'
type B 'milk'
see A
run - "ipcs -m | grep -E 'key|0x4c'"
run - 'grep SYSV /proc/$(pidof -s buffer_server)/maps'
run - 'grep SYSV /proc/$(pidof -s buffer_client)/maps'
eof B
end B
interrupt A
