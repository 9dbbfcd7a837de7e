/*
 * call_server.c - a request in two parts, read with one readv()
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static struct {
    const char *name; /* of the FIFO for requests */
    int is_made;      /* the name is ours to remove */
    int requests;     /* the reading end */
    uint32_t serial;  /* requests taken so far */
    struct request request;
} server = {.requests = -1};

/* Runs once, before the program ends, however it does. */
static void
remove_fifo(void)
{
    /* TASK 2: remove the name, if we have made it. */
    if (server.is_made)
        unlink(server.name);
    /* END 2 */
}

/* Is a FIFO what stands at this name? */
static int
is_fifo(const char *name)
{
    struct stat status;

    return lstat(name, &status) == 0 && S_ISFIFO(status.st_mode);
}

static void
make_fifo(void)
{
    /* TASK 1: make the FIFO with mode 0600, whatever the umask; a FIFO left
     * from a crashed run is removed first. */
    if (is_fifo(server.name))
        unlink(server.name);
    umask(0);
    if (mkfifo(server.name, 0600) == -1)
        die("mkfifo %s", server.name);
    server.is_made = 1;
    /* END 1 */

    /* TASK 3: open it for reading, without waiting for a client. Open it for
     * writing, too, and keep that end: while we hold it ourselves, read()
     * sees no end of file when the last client goes, it waits for the next.
     * Then let read() wait again. Print the line "ready". */
    server.requests = open(server.name, O_RDONLY | O_NONBLOCK);
    if (server.requests == -1 || open(server.name, O_WRONLY) == -1)
        die("open %s", server.name);
    if (fcntl(server.requests, F_SETFL, 0) == -1)
        die("fcntl %s", server.name);
    if (put_line("ready", strlen("ready")) == -1)
        die("write ready");
    /* END 3 */
}

/* Waits for the next request. Returns what read() does. */
static ssize_t
read_request(void)
{
    ssize_t n = 0;

    /* TASK 4: take one request with one read(); EINTR: again. */
    do
        n = readv(server.requests,
            (struct iovec[]){
                {&server.request, 8}, {server.request.text, TEXT_LIMIT}},
            2);
    while (n == -1 && errno == EINTR);
    /* END 4 */
    return n;
}

static void
send_reply(void)
{
    const struct request *request = &server.request;
    char name[NAME_SIZE];

    /* Given: what is not a FIFO is left alone. */
    snprintf(name, sizeof name, REPLY_FORMAT, server.name, (long)request->pid);
    if (!is_fifo(name))
        return;
    /* TASK 6: open the client's FIFO without waiting (ENXIO: nobody reads
     * there) and write the reply in one write() (EPIPE: nobody reads there any
     * more). If the client has gone, remove its name: it cannot do so itself. */
    struct reply reply = {.serial = server.serial, .length = request->length};
    int fd = open(name, O_WRONLY | O_NONBLOCK);

    memcpy(reply.text, request->text, request->length);
    if (fd == -1 ||
        writev(fd, (struct iovec[]){{&reply, 8}, {reply.text, TEXT_LIMIT}},
            2) == -1) {
        complain("reply to %s", name);
        if (errno == ENXIO || errno == EPIPE)
            unlink(name);
    }
    if (fd != -1)
        close(fd);
    /* END 6 */
}

int
main(int argc, char *argv[])
{
    uint32_t count;
    ssize_t n;

    lab_start(argv[0]);
    if (argc != 2 && argc != 3)
        usage("NAME [COUNT]");
    check_name(argv[1]);
    server.name = argv[1];
    count = argc == 3 ? (uint32_t)parse_count("COUNT", argv[2]) : 0;
    clean_up_at_end(remove_fifo);
    make_fifo();

    while (count == 0 || server.serial < count) {
        n = read_request();
        if (n == -1)
            die("read %s", server.name);
        if (n == 0)
            diex("%s has come to its end", server.name);
        /* TASK 5: a request that makes no sense costs one line on standard
         * error and is not counted. Count the others; the count is the
         * serial of the reply. */
        if (n < (ssize_t)sizeof server.request || server.request.pid < 1 ||
            server.request.length > TEXT_LIMIT) {
            complainx("a request of %zd bytes makes no sense", n);
            continue;
        }
        server.serial++;
        /* END 5 */
        /* Given: whoever comes here wants an answer. */
        send_reply();
    }
    return 0;
}
