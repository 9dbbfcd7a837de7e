. labs/transcript.sh

half server
half client
start A './server meet'
see A
start B './client meet'
type B 'hello'
see A
type B 'are you there?'
see A
eof B
end B
end A
status A
start A './server meet | tail -n 1'
await '[ -p meet ]'
run B 'seq 1000000 | ./client meet'
see A
end A
start A './server meet'
see A
start B './client meet'
type B 'one'
see A
interrupt A
type B 'two'
end B
status B
