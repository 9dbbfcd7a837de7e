. labs/transcript.sh

miniature
run - './miniature tally'
run - './miniature tally'
run - '(for i in 1 2 3; do ./miniature tally & done; wait)'
run - 'od -A n -t u4 tally; ls /dev/shm/sem.tally.lock'
run - './miniature tally forget; ls tally'
