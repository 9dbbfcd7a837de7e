. labs/transcript.sh

half domain_server
half domain_client
start A './domain_server board 2'
see A
start B './domain_server board 2'
see B
run - 'echo milk | ./domain_client board'
see A
see B
run - 'echo two apples | ./domain_client board'
end A
end B
run - 'echo anybody | ./domain_client board; echo $?'
