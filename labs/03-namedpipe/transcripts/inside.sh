. labs/transcript.sh

half server
half client
start A './server meet'
see A
run - 'ls -l meet'
run - 'ls -l /proc/$(pidof -s server)/fd'
start B './client meet'
type B 'hello'
see A
run - 'ls -l /proc/$(pidof -s server)/fd'
run - 'ls -l /proc/$(pidof -s client)/fd'
run - 'rm meet; readlink /proc/$(pidof -s server)/fd/3'
type B 'still here?'
see A
eof B
end B
end A
