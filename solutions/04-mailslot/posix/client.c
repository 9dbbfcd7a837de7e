/*
 * client.c - sends each line of its input as one message to a mailslot
 */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static struct {
    const char *name; /* of the slot */
    int slot;         /* a socket that sends to it */
    char line[TEXT_LIMIT];
    ssize_t length; /* of the line, or what else read_line() returns */
} client = {.slot = -1};

static void
open_slot(void)
{
    /* TASK 1: make a datagram socket and connect it to the name: from then on
     * send() knows where to. A slot that does not exist, or whose owner has
     * gone, shows here, before the first line. */
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    client.slot = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (client.slot == -1)
        die("socket");
    strcpy(address.sun_path, client.name);
    if (connect(client.slot, (struct sockaddr *)&address, sizeof address) == -1)
        die("connect to %s", client.name);
    /* END 1 */
}

static void
send_message(void)
{
    /* TASK 2: send the text as one message, of no bytes if the line is empty.
     * send() waits while the mailbox is full; EINTR: again. */
    while (send(client.slot, client.line, (size_t)client.length, 0) == -1)
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
    open_slot();
    for (;; lines++) {
        client.length = read_line(client.line, TEXT_LIMIT);
        if (client.length < 0)
            break;
        send_message();
    }
    close(client.slot);
    /* Given: the input may have ended early. */
    if (client.length == LINE_TOO_LONG)
        diex("line %lu is longer than %d bytes", lines, TEXT_LIMIT);
    if (client.length == LINE_ERROR)
        die("read standard input");
    return 0;
}
