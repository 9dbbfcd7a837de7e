. labs/transcript.sh

half domain_client 1
run - 'strace -e trace=setsockopt,connect ./domain_client board < /dev/null'
