. labs/transcript.sh

half buffer_server
half buffer_client
start A './buffer_server board 2 > out; uniq -c out'
await 'grep ready out'
run B '(yes milk | head -500 | ./buffer_client board; yes tea | head -500 | ./buffer_client board)'
end A
start A './buffer_server board 2 > both; sort both | uniq -c'
await 'grep ready both'
key=
find_key
run B '(yes milk | head -500 | ./buffer_client board & yes tea | head -500 | ./buffer_client board; wait)'
end A
run A 'ls board; ipcs -m | grep 0x4c'
