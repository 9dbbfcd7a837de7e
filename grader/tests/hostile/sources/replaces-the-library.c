/*
 * replaces-the-library.c - defines what lab.c defines, and calls of the library
 *
 * play: 01 server
 * play: 02 client
 */
#include <stddef.h>
#include <sys/types.h>

int
put_line(const char *text, size_t length)
{
    (void)text, (void)length;
    return 0;
}

void
exit(int status)
{
    (void)status;
    for (;;)
        ;
}

int
main(void)
{
    return 0;
}
