/* late.c - is ready, reads all of its input, and fails */
#include <stdio.h>

int
main(void)
{
    puts("ready");
    fflush(stdout);
    while (getchar() != EOF)
        continue;
    fputs("it does not work\n", stderr);
    return 1;
}
