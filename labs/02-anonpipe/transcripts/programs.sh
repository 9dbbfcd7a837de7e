. labs/transcript.sh

half server
half client
run - "printf 'b\na\n' | ./server sort"
run - 'seq 1000000 | ./server head -n 1'
run - './server false; echo $?'
run - "./server sh -c 'kill -9 \$\$'; echo \$?"
run - './server ./client < /dev/null; echo $?'
run - './server no-such-program; echo $?'
run - './server; echo $?'
