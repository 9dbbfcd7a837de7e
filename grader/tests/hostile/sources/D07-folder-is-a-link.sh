# D07-folder-is-a-link.sh - the folder of the lab is a link to the solutions
#
# play: 02 client
cd ../../..
rm -r "$TREE/02-anonpipe"
ln -s "$KIT/solutions/02-anonpipe" "$TREE/02-anonpipe"
