. labs/transcript.sh

half server.exe
half client.exe
start A 'wine server.exe board'
see A
start B 'wine client.exe board'
type A 'milk'
see B
type A 'two apples'
see B
eof A
end A
end B
status A
run - 'ls -l board'
