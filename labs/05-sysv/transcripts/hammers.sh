. labs/transcript.sh

miniature
run A 'touch jobs; ./miniature jobs make'
run A './miniature jobs change 1 -1'
run A './miniature jobs change 1 -1'
find_key
start B './miniature jobs change 1 -1'
await "ipcs -s -i \$(ipcs -s | awk '/$key/ { print \$2 }') | grep -E '^1 +0 +1 '"
run A './miniature jobs change 1 1'
end B
status B
run A './miniature jobs forget'
