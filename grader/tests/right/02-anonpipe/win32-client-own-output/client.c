/*
 * client.c - reads bytes, not lines: the number goes before the first byte
 *
 * Standard input is read with ReadFile(); what is to be printed is collected in
 * memory and written with one call for each block that came.
 */
#include <stdio.h>
#include <string.h>

#include "lab.h"
#include "protocol.h"

enum {
    BLOCK = 4096,
    NUMBER = 24
};

static char out[BLOCK * (NUMBER + 1) + 1];
static size_t used;

static void
write_out(void)
{
    if (write_all(GetStdHandle(STD_OUTPUT_HANDLE), out, used) == -1)
        die("write");
    used = 0;
}

int
main(int argc, char *argv[])
{
    static char block[BLOCK];
    unsigned long count = 0;
    int is_inside = 0; /* a line */
    DWORD n;

    lab_start(argv[0]);
    if (argc != 1)
        usage("");
    while (ReadFile(GetStdHandle(STD_INPUT_HANDLE), block, BLOCK, &n, NULL) &&
           n > 0) {
        for (DWORD i = 0; i < n; i++) {
            if (!is_inside)
                used += (size_t)sprintf(out + used, "%lu: ", ++count);
            is_inside = block[i] != '\n';
            out[used++] = block[i];
        }
        write_out();
    }
    if (is_inside)
        out[used++] = '\n';
    write_out();
    return count == 0 ? STATUS_NO_LINES : 0;
}
