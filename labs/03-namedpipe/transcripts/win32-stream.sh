. labs/transcript.sh

half server.exe
half client.exe
start A 'wine server.exe meet'
see A
start B 'wine client.exe meet'
type B 'milk'
see A
type B 'two apples'
see A
eof B
end B
end A
status A
run - 'ls meet'
