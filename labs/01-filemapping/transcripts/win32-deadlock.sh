. labs/transcript.sh

half server.exe 1 2 3 4 5 6
half client.exe 1 2 3 4
start A 'wine server.exe board'
see A
start B 'wine client.exe board'
type A 'hello'
see B
type A 'are you there?'
interrupt B
interrupt A
