/*
 * server.c - owns a mailslot: handlers without SA_RESTART set a flag
 *
 * The two signals are blocked but while ppoll() waits, so none comes too early.
 * The mode is set with chmod(), before anybody is told.
 */
#define _GNU_SOURCE /* ppoll() */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static volatile sig_atomic_t is_over;
static sigset_t usual;
static const char *name;

static void
end(int number)
{
    (void)number;
    is_over = 1;
}

static void
handle_signals(void)
{
    struct sigaction action = {.sa_handler = end};
    sigset_t ours;

    sigemptyset(&ours);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGTERM);
    sigprocmask(SIG_BLOCK, &ours, &usual);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

static void
look_for_leftover(const struct sockaddr_un *address)
{
    struct stat status;

    if (lstat(name, &status) == -1)
        return;
    if (!S_ISSOCK(status.st_mode))
        diex("%s is no slot", name);
    int probe = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (probe == -1)
        die("socket");
    if (connect(probe, (const struct sockaddr *)address, sizeof *address) == 0)
        diex("%s belongs to somebody", name);
    if (errno != ECONNREFUSED || unlink(name) == -1)
        die("%s", name);
    close(probe);
}

static int
make_slot(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    strcpy(address.sun_path, name);
    look_for_leftover(&address);
    int slot = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (slot == -1)
        die("socket");
    if (bind(slot, (struct sockaddr *)&address, sizeof address) == -1)
        die("bind %s", name);
    if (chmod(name, 0600) == -1) {
        unlink(name);
        die("chmod %s", name);
    }
    return slot;
}

/* Returns 1 for a letter, 0 for the end of the time, -1 for a signal. */
static int
await(int slot, int timeout, long long deadline)
{
    struct pollfd fd = {slot, POLLIN, 0};

    while (!is_over) {
        long long left = deadline - clock_ms();
        if (left < 0)
            left = 0;
        struct timespec time = {left / 1000, left % 1000 * 1000000};
        int n = ppoll(&fd, 1, timeout == 0 ? NULL : &time, &usual);
        if (n >= 0)
            return n;
        if (errno != EINTR)
            die("ppoll");
    }
    return -1;
}

int
main(int argc, char *argv[])
{
    char text[TEXT_LIMIT + 1];
    char line[TEXT_LIMIT + 16];
    int printed = 0;
    int has_failed = 0;
    int n = 1;

    lab_start(argv[0]);
    if (argc < 2 || argc > 4)
        usage("NAME [COUNT [TIMEOUT]]");
    check_name(argv[1]);
    name = argv[1];
    int count = argc > 2 ? parse_count("COUNT", argv[2]) : 0;
    int timeout = argc > 3 ? parse_count("TIMEOUT", argv[3]) : 0;
    handle_signals();
    int slot = make_slot();
    if (put_line("ready", 5) == -1) {
        complain("write");
        unlink(name);
        return 1;
    }
    long long deadline = clock_ms() + timeout;
    while ((count == 0 || printed < count) &&
           (n = await(slot, timeout, deadline)) > 0) {
        ssize_t length = read(slot, text, sizeof text);
        if (length > TEXT_LIMIT) {
            complainx("too long");
            continue;
        }
        if (length == -1)
            continue;
        int begin = sprintf(line, "%zd: ", length);
        memcpy(line + begin, text, (size_t)length);
        has_failed = put_line(line, (size_t)(begin + length)) == -1;
        if (has_failed)
            break;
        printed++;
        deadline = clock_ms() + timeout;
    }
    if (n == 0 && put_line("timeout", 7) == -1)
        has_failed = 1;
    if (has_failed)
        complain("write");
    unlink(name);
    return has_failed;
}
