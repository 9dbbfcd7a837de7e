/*
 * server.c - owns a mailslot: one thread takes, another one prints
 *
 * The messages go through a pipe of datagrams between the threads (a socket
 * pair); the printing thread waits for them with poll().
 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static struct sockaddr_un address = {.sun_family = AF_UNIX};
static int is_made;
static int slot;
static int pass_on[2];

static void
clean_up(void)
{
    if (is_made)
        unlink(address.sun_path);
}

static void *
take_all(void *unused)
{
    char text[TEXT_LIMIT + 1];

    for (;;) {
        ssize_t n = recv(slot, text, sizeof text, 0);
        if (n == -1 && errno == EINTR)
            continue;
        if (n == -1)
            die("recv");
        if (n > TEXT_LIMIT)
            complainx("a message is too long");
        else
            while (send(pass_on[1], text, (size_t)n, 0) == -1)
                if (errno != EINTR)
                    die("send");
    }
    return unused;
}

static void
make_slot(void)
{
    struct stat status;
    pthread_t thread;
    int probe = socket(AF_UNIX, SOCK_DGRAM, 0);

    slot = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (slot == -1 || probe == -1 ||
        socketpair(AF_UNIX, SOCK_DGRAM, 0, pass_on) == -1)
        die("socket");
    if (lstat(address.sun_path, &status) == 0 && S_ISSOCK(status.st_mode)) {
        if (connect(probe, (struct sockaddr *)&address, sizeof address) == 0)
            diex("%s is in use", address.sun_path);
        if (errno == ECONNREFUSED)
            unlink(address.sun_path);
    }
    umask(0177);
    if (bind(slot, (struct sockaddr *)&address, sizeof address) == -1)
        die("bind %s", address.sun_path);
    is_made = 1;
    errno = pthread_create(&thread, NULL, take_all, NULL);
    if (errno != 0)
        die("pthread_create");
}

int
main(int argc, char *argv[])
{
    char line[TEXT_LIMIT + 32];
    char text[TEXT_LIMIT];

    lab_start(argv[0]);
    if (argc < 2 || argc > 4)
        usage("NAME [COUNT [TIMEOUT]]");
    check_name(argv[1]);
    int count = argc > 2 ? parse_count("COUNT", argv[2]) : 0;
    int timeout = argc > 3 ? parse_count("TIMEOUT", argv[3]) : 0;

    strcpy(address.sun_path, argv[1]);
    clean_up_at_end(clean_up);
    make_slot();
    if (put_line("ready", 5) == -1)
        die("write");
    for (int i = 0; count == 0 || i < count; i++) {
        struct pollfd next = {pass_on[0], POLLIN, 0};
        int n = poll(&next, 1, timeout > 0 ? timeout : -1);
        if (n == 0) {
            if (put_line("timeout", 7) == -1)
                die("write");
            break;
        }
        if (n == -1 && errno == EINTR) {
            i--;
            continue;
        }
        ssize_t length = n == -1 ? -1 : recv(pass_on[0], text, sizeof text, 0);
        if (length == -1)
            die("recv");
        int head = sprintf(line, "%zd: ", length);
        memcpy(line + head, text, (size_t)length);
        if (put_line(line, (size_t)(head + length)) == -1)
            die("write");
    }
    return 0;
}
