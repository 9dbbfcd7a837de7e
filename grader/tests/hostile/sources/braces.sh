# braces.sh - as many blocks and structures, each within the last
#
# play: 02 client
printf 'int main(void)\n' >client.c
head -c 300000 /dev/zero | tr '\0' '{' >>client.c
