/*
 * big-program.c - a program of 15 MB, which each sandbox must hold
 *
 * play: 02 client
 * play: 01 client
 * play: 03 server
 */
__asm__(".data\n.fill 14680064, 1, 7\n.text");
int
main(void)
{
    return 0;
}
