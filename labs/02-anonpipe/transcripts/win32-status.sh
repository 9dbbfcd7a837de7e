. labs/transcript.sh

half server.exe
half client.exe
cp "$BUILD/grader/wine/child.exe" "$work"
run - 'wine server.exe client < /dev/null; echo $?'
run - 'echo | wine server.exe child exit 7; echo $?'
run - 'echo | wine server.exe child exit 300; echo $?'
