# source-is-a-folder.sh - the source is a folder
#
# play: 02 client
rm client.c
mkdir client.c
