. labs/transcript.sh

half client
run - "printf 'milk\n\napples' | ./client; echo \$?"
run - './client < /dev/null; echo $?'
run - './client board; echo $?'
