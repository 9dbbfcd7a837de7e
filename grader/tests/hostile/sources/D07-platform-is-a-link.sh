# D07-platform-is-a-link.sh - the folder of the platform is a link to the solutions
#
# play: 02 client
cd ..
rm -r posix
ln -s "$KIT/solutions/02-anonpipe/posix" posix
