. labs/transcript.sh

miniature
run - './miniature echo hello'
run - './miniature seq 100000'
run - './miniature false; echo $?'
run - './miniature no-such-program; echo $?'
