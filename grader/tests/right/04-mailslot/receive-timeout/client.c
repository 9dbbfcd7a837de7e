/*
 * client.c - connects, and still says with each message where it goes
 */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "lab.h"
#include "protocol.h"

int
main(int argc, char *argv[])
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const struct sockaddr *to = (const struct sockaddr *)&address;
    char line[TEXT_LIMIT + 1];
    ssize_t n;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    strcpy(address.sun_path, argv[1]);
    int probe = socket(AF_UNIX, SOCK_DGRAM, 0);
    int sender = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (probe == -1 || sender == -1)
        die("socket");
    if (connect(probe, to, sizeof address) == -1)
        die("no mailslot %s", argv[1]);
    for (unsigned long lines = 1;; lines++) {
        n = read_line(line, TEXT_LIMIT);
        if (n == LINE_TOO_LONG)
            diex("line %lu is longer than %d bytes", lines, TEXT_LIMIT);
        if (n < 0)
            break;
        while (sendto(sender, line, (size_t)n, 0, to, sizeof address) == -1)
            if (errno != EINTR)
                die("sendto %s", argv[1]);
    }
    if (n == LINE_ERROR)
        die("read");
    return 0;
}
