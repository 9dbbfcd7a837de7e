/*
 * domain_client.c - two parts in one datagram, without connect()
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "lab.h"
#include "protocol.h"

int
main(int argc, char *argv[])
{
    struct sockaddr_in everybody = {.sin_family = AF_INET};
    char line[TEXT_LIMIT];
    unsigned long number = 1;
    ssize_t n;
    int yes = 1;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    everybody.sin_addr.s_addr = inet_addr(DOMAIN_ADDRESS);
    everybody.sin_port = htons(domain_port(argv[1]));
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd == -1 ||
        setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &yes, sizeof yes) == -1)
        die("socket");
    while ((n = read_line(line, sizeof line)) >= 0) {
        struct iovec parts[] = {
            {argv[1], strlen(argv[1]) + 1}, {line, (size_t)n}};
        struct msghdr message = {.msg_name = &everybody,
            .msg_namelen = sizeof everybody,
            .msg_iov = parts,
            .msg_iovlen = 2};
        while (sendmsg(fd, &message, 0) == -1)
            if (errno != EINTR)
                die("sendmsg");
        number++;
    }
    if (n == LINE_ERROR)
        die("read");
    if (n == LINE_TOO_LONG)
        diex("line %lu has more than %d bytes", number, TEXT_LIMIT);
    return 0;
}
