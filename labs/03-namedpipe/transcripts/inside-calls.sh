. labs/transcript.sh

half call_server
half call_client
start A './call_server desk'
see A
start B './call_client desk'
type B 'hello'
see B
await "! [ -e /proc/${pid[A]}/fd/5 ]" # the reply's end is closed after the reply
run - 'ls -l desk*'
run - 'ls -l /proc/$(pidof -s call_server)/fd'
run - 'ls -l /proc/$(pidof -s call_client)/fd'
eof B
end B
interrupt A
