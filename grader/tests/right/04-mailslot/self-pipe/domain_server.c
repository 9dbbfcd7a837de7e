/*
 * domain_server.c - the handlers of SIGINT and SIGTERM just end it
 *
 * There is nothing to remove, so _exit() in a handler is all that is needed.
 * ppoll() waits for what is left of the time.
 */
#define _GNU_SOURCE /* ppoll() */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static void
end(int number)
{
    (void)number;
    _exit(0);
}

static int
await(int fd, int timeout, long long deadline)
{
    struct pollfd one = {fd, POLLIN, 0};
    long long left = deadline - clock_ms();
    struct timespec time = {0, 0};

    if (left > 0)
        time = (struct timespec){left / 1000, left % 1000 * 1000000};
    return ppoll(&one, 1, timeout > 0 ? &time : NULL, NULL);
}

int
main(int argc, char *argv[])
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    char datagram[DOMAIN_MESSAGE_LIMIT];
    int on = 1;

    lab_start(argv[0]);
    if (argc < 2 || argc > 4)
        usage("NAME [COUNT [TIMEOUT]]");
    check_name(argv[1]);
    int count = argc > 2 ? parse_count("COUNT", argv[2]) : 0;
    int timeout = argc > 3 ? parse_count("TIMEOUT", argv[3]) : 0;
    const size_t head = strlen(argv[1]) + 1;

    signal(SIGINT, end);
    signal(SIGTERM, end);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd == -1 ||
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1)
        die("socket");
    address.sin_port = htons(domain_port(argv[1]));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK | 0x00ffffff);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) == -1)
        die("bind");
    if (put_line("ready", 5) == -1)
        die("write");
    long long deadline = clock_ms() + timeout;
    for (int i = 0; count == 0 || i < count;) {
        int n = await(fd, timeout, deadline);
        if (n == 0) {
            if (put_line("timeout", 7) == -1)
                die("write");
            return 0;
        }
        if (n == -1)
            continue;
        /* MSG_TRUNC: the real length is returned. */
        ssize_t size = recv(fd, datagram, sizeof datagram, MSG_TRUNC);
        if (size == -1 && errno != EINTR)
            die("recv");
        if (size < (ssize_t)head || memcmp(datagram, argv[1], head) != 0)
            continue;
        size -= (ssize_t)head;
        if (size > TEXT_LIMIT) {
            complainx("a message of %zd bytes is dropped", size);
            continue;
        }
        char line[TEXT_LIMIT + 32];
        int digits = sprintf(line, "%zd: ", size);
        memcpy(line + digits, datagram + head, (size_t)size);
        if (put_line(line, (size_t)(digits + size)) == -1)
            die("write");
        deadline = clock_ms() + timeout;
        i++;
    }
    return 0;
}
