. labs/transcript.sh

half server
half client 1 2
run - './client meet; echo $?'
run - 'echo milk > note; ./client note; echo $?; cat note'
start A './server meet'
see A
run B './client meet; echo $?'
end A
status A
