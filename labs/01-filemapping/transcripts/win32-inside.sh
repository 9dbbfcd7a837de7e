. labs/transcript.sh

half server.exe
start A 'wine server.exe board'
see A
run B 'ls -l board'
run B 'grep /board /proc/$(pidof -s server.exe)/maps | cut -d " " -f 1-5'
interrupt A
