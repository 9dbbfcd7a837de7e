/* fails.c - always ends with a message that fits many failures */
#include <stdio.h>

int
main(int argc, char *argv[])
{
    fprintf(stderr,
        "%s: No space left on device, Broken pipe, No such file or directory, "
        "longer than 1000 bytes\n",
        argc > 1 ? argv[1] : "usage");
    return argc > 1 ? 1 : 2;
}
