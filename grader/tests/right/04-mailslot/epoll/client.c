/*
 * client.c - writes to its socket as to any descriptor: writev()
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

int
main(int argc, char *argv[])
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    char line[TEXT_LIMIT];
    ssize_t length;
    int number = 1;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    strcpy(to.sun_path, argv[1]);
    int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (fd == -1 || connect(fd, (struct sockaddr *)&to, sizeof to) == -1)
        die("no slot %s", argv[1]);
    for (; (length = read_line(line, sizeof line)) >= 0; number++) {
        /* Two parts, one message; of no bytes only send() makes one. */
        struct iovec parts[2] = {{line, (size_t)length / 2},
            {line + length / 2, (size_t)(length - length / 2)}};
        while ((length == 0 ? send(fd, "", 0, 0) : writev(fd, parts, 2)) == -1)
            if (errno != EINTR)
                die("writev %s", argv[1]);
    }
    if (length == LINE_TOO_LONG)
        diex("line %d is longer than %d bytes", number, TEXT_LIMIT);
    if (length == LINE_ERROR)
        die("read");
    return 0;
}
