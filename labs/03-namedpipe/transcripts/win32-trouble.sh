. labs/transcript.sh

half server.exe
half client.exe
run B 'wine client.exe meet; echo $?'
start A 'wine server.exe meet'
see A
run B 'wine server.exe meet; echo $?'
start B 'wine client.exe meet'
type B 'one'
see A
interrupt A
type B 'two'
end B
status B
run A 'wine server.exe; echo $?'
