. labs/transcript.sh

half server
half client
start A './server board'
see A
start B './client board'
type B 'milk'
see A
type B ''
see A
type B 'two apples'
see A
interrupt A
type B 'anybody?'
end B
status B
