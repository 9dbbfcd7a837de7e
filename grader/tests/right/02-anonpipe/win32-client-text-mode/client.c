/*
 * client.c - numbers the lines of its input
 *
 * Its standard output is a text stream, as it is without lab_start(): each line
 * ends with "\r\n". That is accepted, and told.
 *
 * The client is a filter: it reads standard input, writes standard output,
 * and does not know whether these are pipes, files or a terminal.
 */
#include <fcntl.h>
#include <io.h>
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
    _setmode(_fileno(stdout), _O_TEXT);
    if (argc != 1)
        usage("");

    while ((length = get_line(&line, &size)) >= 0) {
        count++;
        /* TASK 1: take the '\n' off (the last line may have none). Print
         * "N: LINE" and '\n', N being the count. The line may hold any byte,
         * '\0' too. */
        if (line[length - 1] == '\n')
            length--;
        printf("%lu: ", count);
        fwrite(line, 1, (size_t)length, stdout);
        putchar('\n');
        /* END 1 */

        /* TASK 2: send the line off at once: standard output that is a pipe
         * would keep it in its buffer. It cannot be written: say so, exit 1. */
        if (fflush(stdout) == EOF || ferror(stdout))
            die("write");
        /* END 2 */
    }
    free(line);
    if (length == LINE_ERROR)
        die("read standard input");

    /* TASK 3: no line at all has an exit status of its own. */
    if (count == 0)
        return STATUS_NO_LINES;
    /* END 3 */
    return 0;
}
