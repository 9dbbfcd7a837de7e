/*
 * symbols-without-number.c - symbols of any length, and aliases in a circle
 *
 * play: 02 client
 */
int a(void) __attribute__((alias("b")));
int b(void) __attribute__((alias("c")));
int c(void) __attribute__((alias("a")));
__asm__(".symver a,a@@HOSTILE_1.0\n.symver b,x@Y\n.weak read\n"
        ".section \"\",\"awx\"\n.section .note.GNU-stack,\"x\"\n"
        ".section .dynamic,\"aw\"\n.quad 29, 1\n"
        ".rept 300000\n.Lx\\@:\n.globl hostile\\@\nhostile\\@:\n.endr");
int
main(void)
{
    return 0;
}
