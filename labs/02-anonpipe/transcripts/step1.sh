. labs/transcript.sh

half client 1
run - "printf 'one\n\ntwo' | ./client"
run - "printf 'a\0b\n' | ./client | od -A n -c"
