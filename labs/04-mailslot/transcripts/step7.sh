. labs/transcript.sh

half domain_server 1
run - 'strace -e trace=setsockopt,bind ./domain_server board'
