. labs/transcript.sh

half server
half client
start A './server meet'
see A
start B './client meet'
type B 'milk'
see A
type B 'two apples'
see A
eof B
end B
end A
status A
run A 'ls meet'
