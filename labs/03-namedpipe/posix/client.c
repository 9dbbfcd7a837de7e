/*
 * client.c - copies its input into a named pipe
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"

static struct {
    const char *name; /* of the FIFO */
    int fd;           /* its writing end */
} client = {.fd = -1};

/* Waits for a server. */
static void
open_fifo(void)
{
    /* TASK 1: open the FIFO, which must exist, for writing only. open() waits
     * until somebody opens it for reading; EINTR: again. */

    /* TASK 2: refuse what is not a FIFO. Ask the open descriptor, not the
     * name: what the name means may change between two calls. */
}

int
main(int argc, char *argv[])
{
    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    client.name = argv[1];
    open_fifo();

    /* TASK 3: copy standard input into the FIFO, and close it: the server
     * sees the end. It may have gone (EPIPE): say so, exit 1. */
    return 0;
}
