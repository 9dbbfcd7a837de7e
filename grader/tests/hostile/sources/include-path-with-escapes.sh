# include-path-with-escapes.sh - the message quotes a path that moves the cursor
#
# play: 02 client
printf '#include "\033[2J\033]0;x\a\302\2332J\342\200\256.h"\n' >client.c
