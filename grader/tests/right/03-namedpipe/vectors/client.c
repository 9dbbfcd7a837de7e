/*
 * client.c - readv() and writev()
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "lab.h"

static struct {
    const char *name; /* of the FIFO */
    int fd;           /* its writing end */
} client = {.fd = -1};

/* Reads with two buffers, and writes what came with two. */
static int
copy_by_two(int from, int to)
{
    static char bytes[2][3000];

    for (;;) {
        struct iovec both[2] = {{bytes[0], 3000}, {bytes[1], 3000}};
        ssize_t n = readv(from, both, 2);
        if (n == -1 && errno == EINTR)
            continue;
        if (n <= 0)
            return (int)n;
        size_t size = (size_t)n;
        both[0].iov_len = size < 3000 ? size : 3000;
        both[1].iov_len = size - both[0].iov_len;
        while (size > 0) {
            n = writev(to, both, 2);
            if (n == -1 && errno != EINTR)
                return -1;
            for (size_t left = n > 0 ? (size_t)n : 0, i = 0; i < 2; i++) {
                size_t step = left < both[i].iov_len ? left : both[i].iov_len;
                both[i].iov_base = (char *)both[i].iov_base + step;
                both[i].iov_len -= step;
                left -= step;
                size -= step;
            }
        }
    }
}

/* Waits for a server. */
static void
open_fifo(void)
{
    /* TASK 1: open the FIFO, which must exist, for writing only. open() waits
     * until somebody opens it for reading; EINTR: again. */
    do
        client.fd = open(client.name, O_WRONLY);
    while (client.fd == -1 && errno == EINTR);
    if (client.fd == -1)
        die("open %s", client.name);
    /* END 1 */

    /* TASK 2: refuse what is not a FIFO. Ask the open descriptor, not the
     * name: what the name means may change between two calls. */
    struct stat status;

    if (fstat(client.fd, &status) == -1)
        die("fstat %s", client.name);
    if (!S_ISFIFO(status.st_mode))
        diex("%s is not a named pipe", client.name);
    /* END 2 */
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
    if (copy_by_two(STDIN_FILENO, client.fd) == -1)
        die("copy to %s", client.name);
    close(client.fd);
    /* END 3 */
    return 0;
}
