. labs/transcript.sh

half server 1 2 3 4
: >"$work/board$suffix" # the server takes it; we need its key
find_key
run - './server board'
run - 'ls board; ipcs -q | grep 0x4c'
