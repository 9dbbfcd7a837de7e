# source-is-a-fifo.sh - nobody writes the source
#
# play: 02 client
rm client.c
mkfifo client.c
