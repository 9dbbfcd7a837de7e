. labs/transcript.sh

miniature
start A './miniature keep box 10'
await 'ls box'
run B './miniature put box 4'
see A
run B './miniature put box many'
see A
run B './miniature put box 7'
end A
run B './miniature put box 1'
