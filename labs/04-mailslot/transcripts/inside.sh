. labs/transcript.sh

half server
half client
start A './server board'
see A
run B 'ls -l board'
run B 'ls -l /proc/$(pidof -s server)/fd'
run B 'grep board /proc/net/unix | cut -d " " -f 5-'
run B 'kill -STOP $(pidof -s server)'
run B 'seq 3 | ./client board; echo $?'
run B 'kill -CONT $(pidof -s server)'
see A
see A
see A
interrupt A
run B 'ls board'
run B 'grep -c board /proc/net/unix'
