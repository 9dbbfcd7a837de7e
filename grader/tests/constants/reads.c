/* reads.c - reads all of its input, and ends */
#include <stdio.h>

int
main(void)
{
    while (getchar() != EOF)
        continue;
    return 0;
}
