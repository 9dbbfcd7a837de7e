/*
 * server.c - owns a mailslot: epoll waits for letters, signals and the clock
 *
 * Signals and the time that has passed come as descriptors, too (signalfd,
 * timerfd), and the socket never waits.
 */
#define _GNU_SOURCE /* SOCK_NONBLOCK, with the Linux headers below */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static struct sockaddr_un address = {.sun_family = AF_UNIX};
static int slot = -1;
static int bells;
static int timer;
static int all;
static int is_made;
static int timeout;

static void
leave(void)
{
    if (is_made)
        unlink(address.sun_path);
}

static void
watch(int fd)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};

    if (fd == -1 || epoll_ctl(all, EPOLL_CTL_ADD, fd, &event) == -1)
        die("epoll");
}

static void
wind_up(void)
{
    if (timeout == 0)
        return;
    const struct itimerspec time = {
        .it_value = {timeout / 1000, timeout % 1000 * 1000000L}};

    if (timerfd_settime(timer, 0, &time, NULL) == -1)
        die("timerfd_settime");
}

static void
make_slot(const char *name)
{
    struct stat status;

    strcpy(address.sun_path, name);
    slot = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    if (slot == -1)
        die("socket");
    if (lstat(name, &status) == 0 && S_ISSOCK(status.st_mode)) {
        if (connect(slot, (struct sockaddr *)&address, sizeof address) == 0)
            diex("%s is in use", name);
        if (errno != ECONNREFUSED || unlink(name) == -1)
            die("%s", name);
    }
    mode_t old = umask(0177);
    if (bind(slot, (struct sockaddr *)&address, sizeof address) == -1)
        die("bind %s", name);
    is_made = 1;
    umask(old);
}

/* Returns how many letters were printed: 1 or 0. */
static int
take(void)
{
    char line[16 + TEXT_LIMIT + 1];
    char text[TEXT_LIMIT + 1];
    ssize_t n = recvfrom(slot, text, sizeof text, MSG_TRUNC, NULL, NULL);

    if (n == -1 && (errno == EAGAIN || errno == EINTR))
        return 0;
    if (n == -1)
        die("recvfrom");
    if (n > TEXT_LIMIT) {
        complainx("%zd bytes are too many", n);
        return 0;
    }
    int head = sprintf(line, "%zd: ", n);
    memcpy(line + head, text, (size_t)n);
    if (put_line(line, (size_t)(head + n)) == -1)
        die("write");
    wind_up();
    return 1;
}

int
main(int argc, char *argv[])
{
    int printed = 0;
    sigset_t signals;

    lab_start(argv[0]);
    if (argc < 2 || argc > 4)
        usage("NAME [COUNT [TIMEOUT]]");
    check_name(argv[1]);
    int count = argc > 2 ? parse_count("COUNT", argv[2]) : 0;
    timeout = argc > 3 ? parse_count("TIMEOUT", argv[3]) : 0;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    atexit(leave);
    make_slot(argv[1]);
    all = epoll_create1(0);
    bells = signalfd(-1, &signals, 0);
    watch(slot);
    watch(bells);
    if (timeout > 0) {
        timer = timerfd_create(CLOCK_MONOTONIC, 0);
        watch(timer);
    }
    if (put_line("ready", 5) == -1)
        die("write");
    wind_up();
    while (count == 0 || printed < count) {
        struct epoll_event event;
        int n = epoll_wait(all, &event, 1, -1);
        if (n == -1 && errno != EINTR)
            die("epoll_wait");
        if (n != 1)
            continue;
        if (event.data.fd == bells)
            break;
        if (event.data.fd == slot) {
            printed += take();
        } else {
            if (put_line("timeout", 7) == -1)
                die("write");
            break;
        }
    }
    return 0;
}
