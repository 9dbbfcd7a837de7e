. labs/transcript.sh

half server.exe
half client.exe
start A 'wine server.exe client'
type A 'milk'
see A
type A 'two apples'
see A
eof A
end A
status A
