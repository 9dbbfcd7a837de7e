/*
 * takes-the-ports.c - holds every port and every abstract name of the lab
 *
 * play: main 04 domain_server
 * play: first 04 domain_client
 * play: first 04 client
 */
#include <arpa/inet.h>
#include <netinet/in.h>

static void
attack(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET};

    for (int child = 0; child < 20; child++) {
        if (fork() != 0)
            continue;
        for (int i = 0; i < 60; i++) {
            int fd = socket(AF_INET, SOCK_DGRAM, 0);
            at.sin_port = htons((unsigned short)(20000 + child * 60 + i));
            bind(fd, (struct sockaddr *)&at, sizeof at);
        }
        for (;;)
            pause();
    }
}
