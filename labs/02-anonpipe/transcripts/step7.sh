. labs/transcript.sh

half server 1 2 3 5
run - './server echo hello'
run - './server seq 1000000 | tail -n 1'
run - './server ls -l /proc/self/fd'
