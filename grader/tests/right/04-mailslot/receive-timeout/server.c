/*
 * server.c - owns a mailslot: recv() itself ends when the time is over
 *
 * SO_RCVTIMEO makes recv() fail with EAGAIN. The mode is set with chmod() after
 * bind(), and before anybody is told.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static struct sockaddr_un address = {.sun_family = AF_UNIX};
static int slot = -1;
static int is_made;

static void
clean_up(void)
{
    if (is_made)
        remove(address.sun_path);
}

static void
replace_leftover(void)
{
    struct stat status;

    if (lstat(address.sun_path, &status) == -1)
        return;
    if (!S_ISSOCK(status.st_mode))
        diex("%s is no mailslot", address.sun_path);
    int probe = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (probe == -1)
        die("socket");
    if (connect(probe, (struct sockaddr *)&address, sizeof address) == 0)
        diex("%s has an owner", address.sun_path);
    if (errno != ECONNREFUSED || unlink(address.sun_path) == -1)
        die("replace %s", address.sun_path);
    close(probe);
}

static void
create(void)
{
    slot = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (slot == -1)
        die("socket");
    if (bind(slot, (struct sockaddr *)&address, sizeof address) == -1)
        die("bind %s", address.sun_path);
    is_made = 1;
    if (chmod(address.sun_path, S_IRUSR | S_IWUSR) == -1)
        die("chmod %s", address.sun_path);
}

/* The next recv() waits until then, and not at all if that has passed. */
static int
set_limit(long long deadline)
{
    long long left = deadline - clock_ms();
    struct timeval time = {left / 1000, left % 1000 * 1000};

    if (left <= 0)
        return 0;
    if (setsockopt(slot, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time) == -1)
        die("setsockopt");
    return 1;
}

/* Returns the message's length, or -1 when the time is over. */
static ssize_t
receive(char *text, size_t size, long long deadline)
{
    for (;;) {
        int has_time = deadline < 0 || set_limit(deadline);
        ssize_t n = recv(slot, text, size, has_time ? 0 : MSG_DONTWAIT);
        if (n > TEXT_LIMIT)
            complainx("%zd bytes or more are too long", n);
        else if (n != -1)
            return n;
        else if (errno == EAGAIN && !has_time)
            return -1;
        else if (errno != EINTR && errno != EAGAIN)
            die("recv");
    }
}

int
main(int argc, char *argv[])
{
    char text[2 * TEXT_LIMIT];

    lab_start(argv[0]);
    if (argc < 2 || argc > 4)
        usage("NAME [COUNT [TIMEOUT]]");
    check_name(argv[1]);
    int count = argc > 2 ? parse_count("COUNT", argv[2]) : 0;
    int timeout = argc > 3 ? parse_count("TIMEOUT", argv[3]) : 0;

    strcpy(address.sun_path, argv[1]);
    clean_up_at_end(clean_up);
    replace_leftover();
    create();
    setvbuf(stdout, NULL, _IOLBF, 4096);
    if (puts("ready") == EOF || fflush(stdout) == EOF)
        die("write");
    for (int i = 0; count == 0 || i < count; i++) {
        long long deadline = timeout > 0 ? clock_ms() + timeout : -1;
        ssize_t n = receive(text, sizeof text, deadline);
        if (n == -1) {
            puts("timeout");
            break;
        }
        printf("%zd: ", n);
        fwrite(text, 1, (size_t)n, stdout);
        putchar('\n');
        if (ferror(stdout))
            die("write");
    }
    if (ferror(stdout))
        die("write");
    return 0;
}
