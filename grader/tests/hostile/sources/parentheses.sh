# parentheses.sh - half a million parentheses, which a parser must remember
#
# play: 02 client
printf 'int a = ' >client.c
head -c 500000 /dev/zero | tr '\0' '(' >>client.c
