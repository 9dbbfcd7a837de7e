/*
 * miniature.c - a money box: one program keeps it, others put something in
 *
 * usage: miniature keep NAME GOAL
 *        miniature put NAME AMOUNT
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "lab.h"

enum {
    AMOUNT_LIMIT = 4 /* digits in a message, at most */
};

/* Makes the box: a socket with a name. Returns its descriptor. */
static int
make_box(const struct sockaddr_un *address)
{
    int box = socket(AF_UNIX, SOCK_DGRAM, 0);

    if (box == -1)
        die("socket");
    if (bind(box, (const struct sockaddr *)address, sizeof *address) == -1)
        die("bind %s", address->sun_path);
    return box;
}

/* Waits for a message and returns the amount in it. */
static int
take_amount(int box)
{
    char text[AMOUNT_LIMIT + 2]; /* a byte more, and one for the '\0' */
    ssize_t n;

    for (;;) {
        n = recv(box, text, AMOUNT_LIMIT + 1, 0);
        if (n == -1 && errno != EINTR)
            die("recv");
        if (n == -1)
            continue;
        text[n] = '\0';
        if (n >= 1 && n <= AMOUNT_LIMIT &&
            strspn(text, "0123456789") == (size_t)n)
            return atoi(text);
        /* Anybody may write: never trust what comes. */
        complainx("this is no amount");
    }
}

static void
keep(const struct sockaddr_un *address, int goal)
{
    int box = make_box(address);
    int sum = 0;

    while (sum < goal) {
        sum += take_amount(box);
        printf("%d of %d\n", sum, goal);
        if (fflush(stdout) == EOF)
            die("write");
    }
    close(box);
    /* The socket is gone, its name is not. */
    unlink(address->sun_path);
}

static void
put(const struct sockaddr_un *address, const char *amount)
{
    int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

    if (fd == -1)
        die("socket");
    /* From now on send() knows where to; no box: we learn it here. */
    if (connect(fd, (const struct sockaddr *)address, sizeof *address) == -1)
        die("connect to %s", address->sun_path);
    /* One send() is one message. If the box is full, it waits. */
    while (send(fd, amount, strlen(amount), 0) == -1)
        if (errno != EINTR)
            die("send");
    close(fd);
}

int
main(int argc, char *argv[])
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    lab_start(argv[0]);
    if (argc != 4)
        usage("keep|put NAME NUMBER");
    check_name(argv[2]);
    strcpy(address.sun_path, argv[2]);
    if (strcmp(argv[1], "keep") == 0)
        keep(&address, parse_count("GOAL", argv[3]));
    else if (strcmp(argv[1], "put") == 0)
        put(&address, argv[3]);
    else
        usage("keep|put NAME NUMBER");
    return 0;
}
