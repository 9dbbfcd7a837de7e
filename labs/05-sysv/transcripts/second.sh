. labs/transcript.sh

half server
run - 'echo notes > board; ./server board; echo $?'
run - 'cat board'
run - 'ln -s board link; ./server link; echo $?; rm board link'
