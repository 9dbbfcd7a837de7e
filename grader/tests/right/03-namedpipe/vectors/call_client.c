/*
 * call_client.c - a request in two parts, written with one writev()
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static struct {
    const char *name; /* of the server's FIFO */
    char reply_name[NAME_SIZE];
    int requests; /* the writing end of the server's FIFO */
    int replies;  /* the reading end of ours */
    char line[TEXT_LIMIT];
    struct reply reply;
} client = {.requests = -1, .replies = -1};

/* Runs once, before the program ends, however it does. */
static void
remove_fifo(void)
{
    /* TASK 3: remove our FIFO, if it is there (yet): a signal may come at any
     * time, even between mkfifo() and whatever would note that it was made. */
    struct stat status;

    if (lstat(client.reply_name, &status) == 0 && S_ISFIFO(status.st_mode))
        unlink(client.reply_name);
    /* END 3 */
}

static void
open_requests(void)
{
    /* TASK 1: open the server's FIFO for writing, without waiting (ENXIO:
     * nobody reads there). Refuse what is not a FIFO. Then let write() wait,
     * as usual, when the FIFO is full. */
    struct stat status;

    client.requests = open(client.name, O_WRONLY | O_NONBLOCK);
    if (client.requests == -1 || fstat(client.requests, &status) == -1)
        die("open %s", client.name);
    if (!S_ISFIFO(status.st_mode))
        diex("%s is not a named pipe", client.name);
    if (fcntl(client.requests, F_SETFL, 0) == -1)
        die("fcntl %s", client.name);
    /* END 1 */
}

static void
make_replies(void)
{
    /* TASK 2: make our own FIFO with mode 0600, whatever the umask; one left
     * from a crashed client with our process ID is removed first. Open it for
     * reading without waiting, and for writing, so that the end of one reply
     * is not the end of file. */
    struct stat status;
    const char *name = client.reply_name;

    if (lstat(name, &status) == 0 && S_ISFIFO(status.st_mode))
        unlink(name);
    umask(0);
    if (mkfifo(name, 0600) == -1)
        die("mkfifo %s", name);
    client.replies = open(name, O_RDONLY | O_NONBLOCK);
    if (client.replies == -1 || open(name, O_WRONLY) == -1)
        die("open %s", name);
    /* END 2 */
}

static void
send_request(size_t length)
{
    struct request request = {.length = (uint32_t)length};

    memcpy(request.text, client.line, length);
    /* TASK 4: put your process ID in, and write the request in one write(). */
    request.pid = getpid();
    struct iovec parts[2] = {{&request, 8}, {request.text, TEXT_LIMIT}};

    while (writev(client.requests, parts, 2) == -1)
        if (errno != EINTR)
            die("send to %s", client.name);
    /* END 4 */
}

static void
read_reply(void)
{
    /* TASK 5: wait for the reply. Look for it first, without waiting, then
     * ask poll() about both FIFOs: POLLERR on the writing end of the requests
     * means that nobody reads them any more. Even then a last reply may have
     * come: look once more. A reply that makes no sense: exit 1. */
    struct reply *reply = &client.reply;
    ssize_t n;
    struct pollfd ends[] = {
        {.fd = client.replies, .events = POLLIN}, {.fd = client.requests}};

    while ((n = read(client.replies, reply, sizeof *reply)) == -1) {
        if (errno != EAGAIN && errno != EINTR)
            die("read %s", client.reply_name);
        if (ends[1].revents & POLLERR)
            diex("the server has gone");
        if (poll(ends, 2, -1) == -1 && errno != EINTR)
            die("poll");
    }
    if (n != (ssize_t)sizeof *reply || reply->length > TEXT_LIMIT)
        diex("a reply of %zd bytes makes no sense", n);
    /* END 5 */
}

static void
print_reply(void)
{
    /* TASK 6: print "SERIAL: TEXT". */
    const struct reply *reply = &client.reply;
    char text[TEXT_LIMIT + 16];
    int n = snprintf(text, sizeof text, "%lu: ", (unsigned long)reply->serial);

    memcpy(text + n, reply->text, reply->length);
    if (put_line(text, (size_t)n + reply->length) == -1)
        die("write");
    /* END 6 */
}

int
main(int argc, char *argv[])
{
    unsigned long lines = 1;
    ssize_t length;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    client.name = argv[1];
    snprintf(
        client.reply_name, NAME_SIZE, REPLY_FORMAT, argv[1], (long)getpid());
    clean_up_at_end(remove_fifo);
    open_requests();
    make_replies();
    for (; (length = read_line(client.line, TEXT_LIMIT)) >= 0; lines++) {
        send_request((size_t)length);
        read_reply();
        print_reply();
    }
    /* Given: the input may have ended early. */
    if (length == LINE_TOO_LONG)
        diex("line %lu is longer than %d bytes", lines, TEXT_LIMIT);
    if (length == LINE_ERROR)
        die("read standard input");
    return 0;
}
