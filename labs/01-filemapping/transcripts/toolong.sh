. labs/transcript.sh

half server
half client
start A "(echo short; head -c 5000 /dev/zero | tr '\0' x) | ./server board"
see A
start B './client board'
see B
end A
status A
end B
status B
