. labs/transcript.sh

half domain_server
run - './domain_server board 0 500; echo $?'
