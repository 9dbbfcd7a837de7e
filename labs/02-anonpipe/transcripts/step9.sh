. labs/transcript.sh

half server
half client
run - './server true; echo $?'
run - './server ./client < /dev/null; echo $?'
run - "./server sh -c 'kill -9 \$\$'; echo \$?"
run - './server no-such-program; echo $?'
