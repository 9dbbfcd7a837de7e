. labs/transcript.sh

half server 1 2 3 4 5 6
miniature
start A './server board 1'
see A
run B './miniature board put 1 ab'
see A
run B './miniature board put 1 abcdmilk'
run B './miniature board put 7 abcdmilk'
find_key
await "ipcs -q | grep -E '$key .* 8 +1 +$'"
run B "ipcs -q | grep -E 'key|0x4c'"
run B './miniature board put 2 abcd'
end A
status A
