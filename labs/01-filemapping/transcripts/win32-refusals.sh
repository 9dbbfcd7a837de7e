. labs/transcript.sh

half server.exe
half client.exe
run - 'wine client.exe board; echo $?'
run - 'mkdir board; wine server.exe board; echo $?'
