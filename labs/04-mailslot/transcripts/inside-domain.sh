. labs/transcript.sh

half domain_server
start A './domain_server board'
see A
start B './domain_server board'
see B
run - "awk '/:6D2B / { print \$2, \$10 }' /proc/net/udp"
interrupt A
run - "grep -c ':6D2B ' /proc/net/udp"
