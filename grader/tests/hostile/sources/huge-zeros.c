/*
 * huge-zeros.c - a program that needs more memory than there is
 *
 * play: 02 client
 * play: 03 server
 */
char a[1L << 46];
static char b[1L << 31];
int
main(void)
{
    return a[1] + b[2];
}
