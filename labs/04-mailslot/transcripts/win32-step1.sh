. labs/transcript.sh

half server.exe 1
run - 'wine server.exe board; echo $?'
run - 'wine server.exe board 2>&1 | head -n 1'
