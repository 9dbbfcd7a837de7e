/*
 * call_client.c - select() on its own FIFO, ppoll()-like, for both ends
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static char own[NAME_SIZE];

/* unlink() and _exit() may be called in a handler (POSIX, signal concepts). */
static void
handle(int number)
{
    (void)number;
    unlink(own);
    _exit(0);
}

static void
fail(const char *what)
{
    unlink(own);
    die("%s", what);
}

static void
send_whole(int fd, const struct request *request)
{
    struct pollfd room = {.fd = fd, .events = POLLOUT};

    while (write(fd, request, sizeof *request) == -1) {
        if (errno != EAGAIN && errno != EINTR)
            fail("send");
        if (errno == EAGAIN)
            poll(&room, 1, -1);
    }
}

static void
receive(int to, int from, struct reply *reply)
{
    struct pollfd ends[] = {{.fd = from, .events = POLLIN}, {.fd = to}};

    while (poll(ends, 2, -1) == -1)
        continue;
    if (!(ends[0].revents & POLLIN)) {
        errno = EPIPE;
        fail("the server is no more");
    }
    ssize_t n = -1;
    do
        n = read(from, reply, sizeof *reply);
    while (n == -1 && errno == EINTR);
    if (n != (ssize_t)sizeof *reply || reply->length > TEXT_LIMIT) {
        errno = EPROTO;
        fail("reply");
    }
}

int
main(int argc, char *argv[])
{
    struct sigaction action = {.sa_handler = handle};
    struct request request = {.pid = getpid()};
    struct reply reply;
    struct stat status;
    char line[TEXT_LIMIT + 32];
    unsigned long number = 0;
    ssize_t length;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    if (stat(argv[1], &status) == -1)
        die("%s", argv[1]);
    if (!S_ISFIFO(status.st_mode))
        diex("%s is not a pipe", argv[1]);
    int to = open(argv[1], O_WRONLY | O_NONBLOCK);
    if (to == -1)
        die("%s", argv[1]);
    snprintf(own, sizeof own, REPLY_FORMAT, argv[1], (long)getpid());
    if (lstat(own, &status) == 0 && !S_ISFIFO(status.st_mode))
        diex("%s is not a pipe", own);
    unlink(own);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    umask(0);
    if (mkfifo(own, 0600) == -1)
        die("%s", own);
    int from = open(own, O_RDWR);
    if (from == -1)
        fail("open");
    while ((length = read_line(request.text, TEXT_LIMIT)) >= 0) {
        number++;
        request.length = (uint32_t)length;
        send_whole(to, &request);
        receive(to, from, &reply);
        int n = snprintf(line, sizeof line, "%u: ", (unsigned int)reply.serial);
        memcpy(line + n, reply.text, reply.length);
        if (put_line(line, (size_t)n + reply.length) == -1)
            fail("print");
    }
    unlink(own);
    if (length == LINE_TOO_LONG)
        diex("line %lu has more than 504 bytes", number + 1);
    if (length == LINE_ERROR)
        die("read");
    return 0;
}
