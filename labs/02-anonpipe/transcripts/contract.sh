. labs/transcript.sh

half server
half client
start A './server ./client'
type A 'milk'
see A
type A 'two apples'
see A
eof A
end A
status A
