# D07-source-is-a-link.sh - the source is a link to the solution
#
# play: 02 client
ln -sf "$KIT/solutions/02-anonpipe/posix/client.c" client.c
