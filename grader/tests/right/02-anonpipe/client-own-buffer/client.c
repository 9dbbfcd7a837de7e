/*
 * client.c - read(), write() and a buffer of its own
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static char *line;
static size_t length;
static size_t room;
static unsigned long count;

static void
print_line(void)
{
    char number[32];
    int n = snprintf(number, sizeof number, "%lu: ", ++count);

    if (write_all(STDOUT_FILENO, number, (size_t)n) == -1 ||
        write_all(STDOUT_FILENO, line, length) == -1 ||
        write_all(STDOUT_FILENO, "\n", 1) == -1)
        die("write");
    length = 0;
}

static void
add(char byte)
{
    if (length == room) {
        room = room == 0 ? 16 : 2 * room;
        line = realloc(line, room);
        if (line == NULL)
            die("realloc");
    }
    line[length++] = byte;
}

int
main(int argc, char *argv[])
{
    char block[777];
    ssize_t n;

    lab_start(argv[0]);
    if (argc != 1)
        usage("");
    while ((n = read(STDIN_FILENO, block, sizeof block)) > 0)
        for (ssize_t i = 0; i < n; i++)
            if (block[i] == '\n')
                print_line();
            else
                add(block[i]);
    if (n == -1)
        die("read");
    if (length > 0)
        print_line();
    free(line);
    return count == 0 ? STATUS_NO_LINES : 0;
}
