. labs/transcript.sh

half buffer_server
miniature
start A './buffer_server board 1'
see A
run B './miniature board count 0 125'
run B './miniature board count 257 1'
run B './miniature board change 2 1'
see A
run B './miniature board count 32 0'
run B './miniature board count 257 1'
run B './miniature board change 2 1'
see A
run B './miniature board count 64 -1'
run B './miniature board count 257 1'
run B './miniature board change 2 1'
end A
status A
