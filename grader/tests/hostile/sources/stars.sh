# stars.sh - a pointer to a pointer to a pointer, and operators without end
#
# play: 02 client slow
printf 'int ' >client.c
head -c 400000 /dev/zero | tr '\0' '*' >>client.c
printf 'a = ' >>client.c
head -c 400000 /dev/zero | tr '\0' '!' >>client.c
