/*
 * assembler-space.c - the assembler makes room for more than the machine has
 *
 * play: 02 client
 */
__asm__(".data\n.space 0x3fffffffffff\n.fill 1000000000, 8, 7\n"
        ".p2align 40\n.org 0x7fffffff0000\n.text");
int
main(void)
{
    return 0;
}
