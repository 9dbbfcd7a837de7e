. labs/transcript.sh

half domain_server
half domain_client
start A './domain_server board 2'
see A
start B './domain_server board 2'
see B
run - "printf 'dinner\\nat six\\n' | ./domain_client board; echo \$?"
end A
end B
run - 'echo anybody | ./domain_client board; echo $?'
