. labs/transcript.sh

half server
half client
start A './server board 2'
see A
find_key
start B './client board'
type B 'milk'
see B
eof B
end B
run B "(echo short; head -c 300 /dev/zero | tr '\0' x) | ./client board; echo \$?"
end A
status A
run A "ls board; ipcs -q | grep 0x4c"
