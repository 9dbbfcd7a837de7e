# source-is-in-a-circle.sh - the source is a link to itself
#
# play: 02 client
rm client.c
ln -s client.c client.c
