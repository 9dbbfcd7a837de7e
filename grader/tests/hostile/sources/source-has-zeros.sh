# source-has-zeros.sh - zeros, bytes of no script, a mark of the byte order
#
# play: 02 client
printf '\377\376i\0n\0t\0\0\0\377\300\257\355\240\200 main(void){}\0' >client.c
head -c 200000 /dev/zero >>client.c
