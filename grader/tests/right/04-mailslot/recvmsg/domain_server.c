/*
 * domain_server.c - the same with UDP: recvfrom() into a buffer for anything
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static void
nothing_to_remove(void)
{
}

static int
open_domain(const char *name)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    int yes = 1;
    int fd = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);

    if (fd == -1)
        die("socket");
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    address.sin_addr.s_addr = inet_addr(DOMAIN_ADDRESS);
    address.sin_port = htons(domain_port(name));
    if (bind(fd, (struct sockaddr *)&address, sizeof address) == -1)
        die("bind to %s", DOMAIN_ADDRESS);
    return fd;
}

/* Waits for a datagram, at most limit milliseconds (negative: for ever). */
static int
is_there(int fd, long long limit)
{
    struct timeval time = {limit / 1000, limit % 1000 * 1000};
    fd_set set;

    FD_ZERO(&set);
    FD_SET(fd, &set);
    return select(fd + 1, &set, NULL, NULL, limit < 0 ? NULL : &time);
}

static int
take(int fd, const char *name)
{
    static char bytes[65536];
    struct sockaddr_in from;
    socklen_t size = sizeof from;
    ssize_t n =
        recvfrom(fd, bytes, sizeof bytes, 0, (struct sockaddr *)&from, &size);
    const char *end = n > 0 ? memchr(bytes, '\0', (size_t)n) : NULL;

    if (n == -1)
        die("recvfrom");
    if (end == NULL || strcmp(bytes, name) != 0)
        return 0;
    int length = (int)(bytes + n - (end + 1));
    if (length > TEXT_LIMIT) {
        complainx("message of %d bytes dropped", length);
        return 0;
    }
    printf("%d: ", length);
    fwrite(end + 1, 1, (size_t)length, stdout);
    putchar('\n');
    if (fflush(stdout) == EOF)
        die("write");
    return 1;
}

int
main(int argc, char *argv[])
{
    lab_start(argv[0]);
    if (argc < 2 || argc > 4)
        usage("NAME [COUNT [TIMEOUT]]");
    check_name(argv[1]);
    int count = argc > 2 ? parse_count("COUNT", argv[2]) : 0;
    int timeout = argc > 3 ? parse_count("TIMEOUT", argv[3]) : 0;
    int printed = 0;

    clean_up_at_end(nothing_to_remove);
    int fd = open_domain(argv[1]);
    if (put_line("ready", 5) == -1)
        die("write");
    long long since = clock_ms();
    for (;;) {
        long long wait = since + timeout - clock_ms();
        if (timeout == 0)
            wait = -1;
        else if (wait < 0)
            wait = 0;
        int n = is_there(fd, wait);
        if (n == 0)
            break;
        if (n == -1 || !take(fd, argv[1]))
            continue;
        since = clock_ms();
        if (++printed == count)
            return 0;
    }
    if (puts("timeout") == EOF || fflush(stdout) == EOF)
        die("write");
    return 0;
}
