. labs/transcript.sh

half server.exe
half client.exe
start A 'wine server.exe board'
see A
start B 'wine client.exe board'
type A 'milk'
see B
interrupt A
run A 'wine server.exe board'
status A
interrupt B
start A 'wine server.exe board'
see A
interrupt A
