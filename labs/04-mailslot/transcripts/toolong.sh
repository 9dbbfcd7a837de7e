. labs/transcript.sh

half server
half client
miniature
start A './server board 2'
see A
run B "(echo short; head -c 425 /dev/zero | tr '\\0' x) | ./client board; echo \$?"
see A
run B "./miniature put board \$(head -c 425 /dev/zero | tr '\\0' x); echo \$?"
see A
run B './miniature put board last'
end A
