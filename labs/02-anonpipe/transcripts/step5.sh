. labs/transcript.sh

half server 1 2
run - "./server sh -c 'echo I am the child >&2'"
run - './server no-such-program'
