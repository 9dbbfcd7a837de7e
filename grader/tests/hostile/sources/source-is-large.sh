# source-is-large.sh - the source is longer than anybody reads
#
# play: 02 client
head -c 3000000 /dev/zero | tr '\0' ' ' >client.c
