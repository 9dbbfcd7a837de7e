. labs/transcript.sh

half server.exe
cp "$BUILD/grader/wine/child.exe" "$work"
run - 'wine server.exe no-such-program; echo $?'
run - 'wine server.exe; echo $?'
run - "echo | wine server.exe child say 'two words' '' 'a\"b'; echo"
run - 'wine server.exe child look < /dev/null'
