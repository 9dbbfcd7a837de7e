/*
 * server.c - prints what a client writes into a named pipe
 *
 * A FIFO is a pipe with a name in a folder: two programs that have never heard
 * of each other meet there. open() itself waits until both have come.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"

static struct {
    const char *name; /* of the FIFO */
    int is_made;      /* the name is ours to remove */
    int fd;           /* the reading end */
} server = {.fd = -1};

/* Runs once, before the program ends, however it does. */
static void
remove_fifo(void)
{
    /* TASK 2: remove the name, if we have made it. */
}

static void
make_fifo(void)
{
    /* TASK 1: make the FIFO, readable and writable by you alone, whatever the
     * umask. A FIFO that stands there already is left from a crashed run:
     * remove it first. Leave anything else alone: mkfifo() then refuses. */
}

/* Waits for a client. */
static void
open_fifo(void)
{
    /* TASK 4: open the FIFO for reading only. open() waits until somebody
     * opens it for writing; EINTR: again. */
}

int
main(int argc, char *argv[])
{
    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    server.name = argv[1];
    clean_up_at_end(remove_fifo);
    make_fifo();

    /* TASK 3: print the line "ready": from now on a client may come. */
    /* Given: now we wait for one. */
    open_fifo();

    /* TASK 5: copy what comes to standard output, until the last writer has
     * closed the FIFO. */
    return 0;
}
