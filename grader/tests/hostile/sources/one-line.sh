# one-line.sh - a line of nearly a megabyte with an error at its end
#
# play: 02 client
printf 'int main(void) { return 0' >client.c
head -c 900000 /dev/zero | tr '\0' ' ' >>client.c
printf '@; }' >>client.c
