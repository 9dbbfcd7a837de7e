. labs/transcript.sh

half server.exe
half client.exe
run B 'wine client.exe board; echo $?'
start A 'wine server.exe board 1'
see A
run B 'wine server.exe board; echo $?'
run B "(echo short; head -c 425 /dev/zero | tr '\0' x) | wine client.exe board; echo \$?"
end A
run A 'wine server.exe board 0 500; echo $?'
run A 'wine server.exe board 1 2 3; echo $?'
