# source-is-a-program.sh - the source is the program that it should become
#
# play: 02 client
cat "$KIT/build/solutions/02-anonpipe/posix/client" >client.c
