. labs/transcript.sh

half buffer_server
half buffer_client
start A './buffer_server board 1 > out'
await 'grep ready out'
run B "ipcs -s | grep -E 'key|0x4c'"
run B 'kill -STOP $(pidof -s buffer_server)'
await "grep '^State:.T' /proc/${pid[A]}/status"
start B 'seq 10 | ./buffer_client board'
await "ipcs -s -i $id | grep -E '^1 +0 +1 +0 '"
run - 'ipcs -s -i 7 | grep -A 3 value'
run - 'kill -CONT $(pidof -s buffer_server)'
end B
end A
run A 'head -n 3 out; tail -n 1 out'
