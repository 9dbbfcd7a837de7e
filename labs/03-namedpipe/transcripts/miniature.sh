. labs/transcript.sh

miniature
run - './miniature till 5; echo $?'
run - 'mkfifo till; ./miniature till 5; echo $?; rm till'
start A './miniature till'
await '[ -p till ]'
run B 'ls -l till'
run B '(./miniature till 12 30; ./miniature till 100) 3> till'
end A
run A 'ls till'
