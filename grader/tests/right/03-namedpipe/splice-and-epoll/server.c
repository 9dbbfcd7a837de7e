#define _GNU_SOURCE /* splice(2) */
/*
 * server.c - splice()
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
    if (server.is_made)
        unlink(server.name);
    /* END 2 */
}

/* Moves what the FIFO holds without looking at it. */
static int
copy_by_splice(int from, int to)
{
    for (;;) {
        ssize_t n = splice(from, NULL, to, NULL, 65536, 0);
        if (n == 0)
            return 0;
        if (n == -1 && errno != EINTR)
            return -1;
    }
}

static void
make_fifo(void)
{
    /* TASK 1: make the FIFO, readable and writable by you alone, whatever the
     * umask. A FIFO that stands there already is left from a crashed run:
     * remove it first. Leave anything else alone: mkfifo() then refuses. */
    struct stat status;

    if (lstat(server.name, &status) == 0 && S_ISFIFO(status.st_mode))
        unlink(server.name);
    umask(0);
    if (mkfifo(server.name, 0600) == -1)
        die("mkfifo %s", server.name);
    server.is_made = 1;
    /* END 1 */
}

/* Waits for a client. */
static void
open_fifo(void)
{
    /* TASK 4: open the FIFO for reading only. open() waits until somebody
     * opens it for writing; EINTR: again. */
    do
        server.fd = open(server.name, O_RDONLY);
    while (server.fd == -1 && errno == EINTR);
    if (server.fd == -1)
        die("open %s", server.name);
    /* END 4 */
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
    if (put_line("ready", strlen("ready")) == -1)
        die("write ready");
    /* END 3 */
    /* Given: now we wait for one. */
    open_fifo();

    /* TASK 5: copy what comes to standard output, until the last writer has
     * closed the FIFO. */
    if (copy_by_splice(server.fd, STDOUT_FILENO) == -1 &&
        (errno != EINVAL || copy_all(server.fd, STDOUT_FILENO) == -1))
        die("copy from %s", server.name);
    close(server.fd);
    /* END 5 */
    return 0;
}
