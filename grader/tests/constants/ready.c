/* ready.c - says that it is ready, and ends */
#include <stdio.h>

int
main(void)
{
    puts("ready");
    return 0;
}
