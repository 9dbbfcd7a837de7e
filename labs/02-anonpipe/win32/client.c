/*
 * client.c - numbers the lines of its input
 *
 * The client is a filter: it reads standard input, writes standard output,
 * and does not know whether these are pipes, files or a terminal.
 */
#include <stdio.h>
#include <stdlib.h>

#include "lab.h"
#include "protocol.h"

int
main(int argc, char *argv[])
{
    char *line = NULL;
    size_t size = 0;
    unsigned long count = 0;
    ssize_t length;

    lab_start(argv[0]);
    if (argc != 1)
        usage("");

    while ((length = get_line(&line, &size)) >= 0) {
        count++;
        /* TASK 1: take the '\n' off (the last line may have none). Print
         * "N: LINE" and '\n', N being the count. The line may hold any byte,
         * '\0' too. */

        /* TASK 2: send the line off at once: standard output that is a pipe
         * would keep it in its buffer. It cannot be written: say so, exit 1. */
    }
    free(line);
    if (length == LINE_ERROR)
        die("read standard input");

    /* TASK 3: no line at all has an exit status of its own. */
    return 0;
}
