# source-is-sparse.sh - the source has terabytes, none of which exist
#
# play: 02 client
truncate -s 4T client.c
