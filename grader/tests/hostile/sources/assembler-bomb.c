/*
 * assembler-bomb.c - the assembler repeats, and repeats that
 *
 * play: 02 client slow
 * play: 01 client slow
 */
__asm__(".rept 1000000\n.rept 1000000\nnop\n.endr\n.endr");
int
main(void)
{
    return 0;
}
