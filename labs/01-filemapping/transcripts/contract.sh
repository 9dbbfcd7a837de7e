. labs/transcript.sh

half server
half client
start A './server board'
see A
start B './client board'
type A 'milk'
see B
type A 'two apples'
see B
eof A
end A
end B
status A
run A "tail -c +9 board | head -c 10; echo"
