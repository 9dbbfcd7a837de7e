/* lines.c - prints a few lines, whatever it is told */
#include <stdio.h>

int
main(void)
{
    for (int i = 1; i <= 4; i++)
        printf("%d: a line\n", i);
    return 0;
}
