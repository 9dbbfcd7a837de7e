. labs/transcript.sh

half server 1 2 3 4 5
miniature
start A './server board 3'
see A
run B './miniature put board milk'
see A
run B "./miniature put board ''"
see A
run B "./miniature put board \$(head -c 425 /dev/zero | tr '\\0' x)"
see A
run B "./miniature put board 'two apples'"
end A
run A 'ls board'
