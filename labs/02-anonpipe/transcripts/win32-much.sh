. labs/transcript.sh

half server.exe
cp "$BUILD/grader/wine/child.exe" "$work"
run - 'head -c 1000000 /dev/zero | wine server.exe child cat | wc -c'
run - 'seq 1000000 | wine server.exe child head 1'
