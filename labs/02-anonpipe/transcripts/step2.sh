. labs/transcript.sh

half client 1 2
start A './client | cat'
type A 'hello'
see A
type A 'again'
see A
eof A
end A
run A './client < /etc/passwd > /dev/full; echo $?'
