/*
 * floods-the-domain.c - floods every port of the lab with datagrams
 *
 * play: main 04 domain_client
 * play: child 04 domain_server
 * play: child 04 server
 */
#include <arpa/inet.h>
#include <netinet/in.h>

static void
attack(void)
{
    static char text[600];
    struct sockaddr_in to = {.sin_family = AF_INET};
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    int yes = 1;

    setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &yes, sizeof yes);
    to.sin_addr.s_addr = inet_addr("127.255.255.255");
    for (int round = 0; round < 20; round++)
        for (int port = 20000; port < 30000; port++) {
            to.sin_port = htons((unsigned short)port);
            sendto(fd, text, sizeof text, MSG_DONTWAIT, (struct sockaddr *)&to,
                sizeof to);
        }
}
