. labs/transcript.sh

half server
half client
start A './server board'
see A
start B './client board'
type A 'hello'
see B
run - 'ls -l board; ls -i board'
run - 'ls -l /dev/shm/sem.board.*'
run - 'grep /board /proc/$(pidof -s server)/maps | cut -d " " -f 1-5'
run - 'grep /board /proc/$(pidof -s client)/maps | cut -d " " -f 1-5'
run - 'ls -l /proc/$(pidof -s server)/fd'
run - 'grep -c /dev/shm/sem /proc/$(pidof -s server)/maps'
eof A
end A
end B
run - 'ls -l board; ls -l /dev/shm/sem.board.*'
