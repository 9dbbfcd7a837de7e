. labs/transcript.sh

half call_server 1 2 3
run - './call_server desk; echo $?; ls desk'
run - 'mkfifo desk; ./call_server desk 2> /dev/null; ls desk'
run - 'mkdir room; ./call_server room; echo $?; rmdir room'
