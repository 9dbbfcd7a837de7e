/*
 * client.c - sends lines with sendmsg(), and waits with poll() for room
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>

#include "lab.h"
#include "protocol.h"

static int
connect_to(const char *name)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int slot = socket(AF_UNIX, SOCK_DGRAM, 0);

    if (slot == -1)
        die("socket");
    snprintf(address.sun_path, sizeof address.sun_path, "./%s", name);
    if (connect(slot, (struct sockaddr *)&address, sizeof address) == -1)
        die("connect to %s", name);
    if (fcntl(slot, F_SETFL, O_NONBLOCK) == -1)
        die("fcntl");
    return slot;
}

int
main(int argc, char *argv[])
{
    char line[TEXT_LIMIT];
    ssize_t n;
    unsigned long number = 1;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    int slot = connect_to(argv[1]);
    for (; (n = read_line(line, sizeof line)) >= 0; number++) {
        struct iovec part = {line, (size_t)n};
        struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
        while (sendmsg(slot, &message, MSG_NOSIGNAL) == -1) {
            struct pollfd room = {.fd = slot, .events = POLLOUT};
            if (errno != EAGAIN)
                die("sendmsg");
            poll(&room, 1, -1);
        }
    }
    if (n == LINE_ERROR)
        die("read");
    if (n == LINE_TOO_LONG)
        diex("line %lu: more than %d bytes", number, TEXT_LIMIT);
    return 0;
}
