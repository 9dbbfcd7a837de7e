. labs/transcript.sh

half client.exe
half call_server.exe
half call_client.exe
start A 'wine call_server.exe desk'
see A
run B 'echo hello | wine client.exe desk'
see A
run B "head -c 1000 /dev/zero | wine client.exe desk"
see A
run B "head -c 505 /dev/zero | tr '\0' x | wine call_client.exe desk; echo \$?"
start B 'wine call_client.exe desk'
type B 'one'
see B
interrupt A
type B 'two'
end B
status B
