/* refuses.c - always ends with what it should have been called with */
#include <stdio.h>

int
main(void)
{
    fputs("usage: NAME\n", stderr);
    return 2;
}
