. labs/transcript.sh

half server 1 2
start A './server board'
await "grep board /proc/${pid[A]}/maps"
run B 'grep /board /proc/$(pidof -s server)/maps | cut -d " " -f 1-5'
eof A
end A
status A
