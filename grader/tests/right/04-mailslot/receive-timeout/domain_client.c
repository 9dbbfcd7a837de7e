/*
 * domain_client.c - keeps the name in front of the line, and sends both
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "lab.h"
#include "protocol.h"

int
main(int argc, char *argv[])
{
    struct sockaddr_in to = {.sin_family = AF_INET};
    char letter[DOMAIN_MESSAGE_LIMIT];
    int allowed = 1;
    ssize_t n;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    size_t head = strlen(strcpy(letter, argv[1])) + 1;
    int fd = socket(PF_INET, SOCK_DGRAM, 0);
    if (fd == -1 || setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &allowed,
                        sizeof allowed) == -1)
        die("socket");
    to.sin_port = htons(domain_port(argv[1]));
    inet_pton(AF_INET, DOMAIN_ADDRESS, &to.sin_addr);
    for (int line = 1;; line++) {
        n = read_line(letter + head, TEXT_LIMIT);
        if (n == LINE_TOO_LONG)
            diex("line %d is longer than %d bytes", line, TEXT_LIMIT);
        if (n < 0)
            break;
        while (sendto(fd, letter, head + (size_t)n, 0, (struct sockaddr *)&to,
                   sizeof to) == -1)
            if (errno != EINTR)
                die("sendto");
    }
    if (n == LINE_ERROR)
        die("read");
    return 0;
}
