. labs/transcript.sh

half server
half client
start A './server board'
see A
start B './client board'
type B 'milk'
see B
run - 'ls -l board; ls -l /proc/$(pidof -s server)/fd'
run - "ipcs -q | grep -E 'key|0x4c'"
disown "${pid[A]}" # or bash would tell us that it was killed
run - 'kill -9 $(pidof -s server)'
end A
type B 'two apples'
await "ipcs -q | grep -E '$key .* 1 +\$'"
run - "ipcs -q | grep -E 'key|0x4c'"
start A './server board'
see A
see B
end B
run - "ipcs -q | grep -E 'key|0x4c'"
interrupt A
