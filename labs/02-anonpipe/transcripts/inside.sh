. labs/transcript.sh

half server
half client
start A './server ./client'
type A 'hello'
see A
client=$(cat "/proc/${pid[A]}/task/${pid[A]}/children")
client=${client% }
run B 'ls -l /proc/$(pidof -s server)/fd'
run B 'ls -l /proc/$(pidof -s client)/fd'
run B 'ls /proc/$(pidof -s server)/task | wc -l'
eof A
end A
