. labs/transcript.sh

half server.exe
half client.exe
start A 'wine server.exe board 4'
see A
start B 'wine client.exe board'
type B 'milk'
see A
type B ''
see A
run - "printf 'two apples' | wine client.exe board"
see A
type B 'and bread'
see A
end A
status A
eof B
end B
status B
run - 'ls board'
