. labs/transcript.sh

half server.exe
half client.exe
start A 'wine server.exe board'
see A
start B 'wine client.exe board'
type B 'milk'
see A
interrupt A
type B 'anybody?'
run A 'wine server.exe board; echo $?'
eof B
end B
status B
start A 'wine server.exe board'
see A
interrupt A
