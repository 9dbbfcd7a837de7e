/*
 * client.c - byte by byte; stdout sends each line off by itself
 */
#include <stdio.h>

#include "lab.h"
#include "protocol.h"

int
main(int argc, char *argv[])
{
    unsigned long count = 0;
    int last = '\n';
    int c;

    lab_start(argv[0]);
    if (argc != 1)
        usage("");
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    while ((c = getchar()) != EOF) {
        if (last == '\n')
            printf("%lu: ", ++count);
        last = c;
        if (putchar(c) == EOF)
            die("write");
    }
    if (ferror(stdin))
        die("read");
    if (count > 0 && last != '\n')
        putchar('\n');
    if (fflush(stdout) == EOF || ferror(stdout))
        die("write");
    return count == 0 ? STATUS_NO_LINES : 0;
}
