. labs/transcript.sh

miniature
run - 'touch jobs; ./miniature jobs make'
run - "./miniature jobs put 3 'water the plants'"
run - "./miniature jobs put 1 'put out the fire'"
run - "./miniature jobs put 2 'sweep the floor'"
run - "ipcs -q | grep -E 'key|0x4c'"
run - './miniature jobs take -2'
run - './miniature jobs take 0'
run - './miniature jobs count 4 2'
run - './miniature jobs count 4 1'
run - './miniature jobs forget; ./miniature jobs take 0'
