# other-files-beside.sh - headers, responses and specs beside the source
#
# play: 02 client
printf '#include "lab.h"\nint main(void) { return HOSTILE; }\n' >client.c
printf '#define HOSTILE 0\n' >lab.h
cp lab.h protocol.h
cp lab.h '@client.c'
mkdir client.c.gch lab.h.gch
printf 'hostile\n' >specs
