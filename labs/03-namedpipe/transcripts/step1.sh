. labs/transcript.sh

half server 1 3
run - './server meet'
run - 'ls -l meet'
run - '(umask 0777; ./server meet); ls -l meet'
run - 'mkdir room; ./server room; echo $?; rmdir room'
