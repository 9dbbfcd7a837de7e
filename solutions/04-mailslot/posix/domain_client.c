/*
 * domain_client.c - sends each line of its input to every server of a name
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static struct {
    const char *name; /* of the domain's slots */
    int domain;       /* a socket that sends to all of them */
    char line[TEXT_LIMIT];
    ssize_t length; /* of the line, or what else read_line() returns */
} client = {.domain = -1};

static void
open_domain(void)
{
    /* TASK 1: make a UDP socket, allow it to broadcast (SO_BROADCAST), and
     * connect it to DOMAIN_ADDRESS and the port of the name, in network byte
     * order. Nobody needs to be there: nobody is asked. */
    struct sockaddr_in address = {.sin_family = AF_INET};
    int on = 1;

    client.domain = socket(AF_INET, SOCK_DGRAM, 0);
    if (client.domain == -1)
        die("socket");
    if (setsockopt(client.domain, SOL_SOCKET, SO_BROADCAST, &on, sizeof on) ==
        -1)
        die("setsockopt SO_BROADCAST");
    address.sin_port = htons(domain_port(client.name));
    inet_pton(AF_INET, DOMAIN_ADDRESS, &address.sin_addr);
    if (connect(client.domain, (struct sockaddr *)&address, sizeof address) ==
        -1)
        die("connect to %s port %d", DOMAIN_ADDRESS, domain_port(client.name));
    /* END 1 */
}

static void
send_message(void)
{
    /* TASK 2: send NAME, '\0' and the text as one datagram; EINTR: again. */
    char message[DOMAIN_MESSAGE_LIMIT];
    size_t head = strlen(client.name) + 1;
    size_t length = (size_t)client.length;

    memcpy(message, client.name, head);
    memcpy(message + head, client.line, length);
    while (send(client.domain, message, head + length, 0) == -1)
        if (errno != EINTR)
            die("send to %s", client.name);
    /* END 2 */
}

int
main(int argc, char *argv[])
{
    unsigned long lines = 1;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    client.name = argv[1];
    open_domain();
    for (;; lines++) {
        client.length = read_line(client.line, TEXT_LIMIT);
        if (client.length < 0)
            break;
        send_message();
    }
    close(client.domain);
    /* Given: the input may have ended early. */
    if (client.length == LINE_TOO_LONG)
        diex("line %lu is longer than %d bytes", lines, TEXT_LIMIT);
    if (client.length == LINE_ERROR)
        die("read standard input");
    return 0;
}
