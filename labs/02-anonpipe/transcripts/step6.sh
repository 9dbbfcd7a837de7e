. labs/transcript.sh

half server 1 2 5
start A './server echo hello'
see A
run B 'ls -l /proc/$(pidof -s server)/fd'
interrupt A
