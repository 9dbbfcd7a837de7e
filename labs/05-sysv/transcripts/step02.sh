. labs/transcript.sh

half server 1 2 3
run - './server board'
run - "ipcs -q | grep -E 'key|0x4c'"
run - './server board'
run - "ipcs -q | grep -E 'key|0x4c'"
run - 'ipcrm -Q 0x4c013b9e'
