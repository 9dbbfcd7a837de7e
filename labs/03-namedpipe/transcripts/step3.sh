. labs/transcript.sh

half server
start A './server meet'
see A
run B 'echo hello > meet'
see A
end A
status A
start A './server meet | tail -n 1'
await '[ -p meet ]'
run B 'seq 1000000 > meet'
see A
end A
start A './server meet'
see A
interrupt A
status A
run A 'ls meet'
