. labs/transcript.sh

half server
miniature
run A './server board 0 500; echo $?'
start A './server board 0 3000'
see A
run B './miniature put board milk'
see A
end A
