. labs/transcript.sh

miniature
start A './miniature keep box 10'
await 'ls box'
interrupt A
run A 'ls -F box'
run A './miniature put box 1'
run A './miniature keep box 10'
run A 'rm box'
