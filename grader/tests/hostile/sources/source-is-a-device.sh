# source-is-a-device.sh - the source is a link to what has no end
#
# play: 02 client
ln -sf /dev/zero client.c
