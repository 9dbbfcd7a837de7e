. labs/transcript.sh

half server
half client
run - './client meet; echo $?'
run - 'echo milk > note'
run - './client note; echo $?'
run - './server note; echo $?'
run - 'cat note'
run - './server; echo $?'
run - './server my/pipe; echo $?'
