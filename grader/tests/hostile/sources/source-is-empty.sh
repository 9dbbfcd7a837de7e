# source-is-empty.sh - there is nothing in the source
#
# play: 02 client
: >client.c
