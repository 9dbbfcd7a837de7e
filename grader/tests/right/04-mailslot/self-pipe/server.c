/*
 * server.c - owns a mailslot: signals come through a pipe to itself
 *
 * The handler writes a byte into a pipe, and poll() waits for that pipe and for
 * the slot. Everything happens in one thread.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static struct sockaddr_un address = {.sun_family = AF_UNIX};
static int bell[2];

static void
ring(int number)
{
    int error = errno;

    (void)number;
    (void)!write(bell[1], "!", 1);
    errno = error;
}

static void
hear_signals(void)
{
    struct sigaction action = {.sa_handler = ring};

    if (pipe(bell) == -1)
        die("pipe");
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

static int
make_slot(void)
{
    struct stat status;
    int slot = socket(AF_UNIX, SOCK_DGRAM, 0);
    int probe = socket(AF_UNIX, SOCK_DGRAM, 0);

    if (slot == -1 || probe == -1)
        die("socket");
    if (lstat(address.sun_path, &status) == 0 && S_ISSOCK(status.st_mode)) {
        if (connect(probe, (struct sockaddr *)&address, sizeof address) == 0)
            diex("%s is in use", address.sun_path);
        if (errno == ECONNREFUSED)
            unlink(address.sun_path);
    }
    close(probe);
    umask(0177);
    if (bind(slot, (struct sockaddr *)&address, sizeof address) == -1)
        die("bind %s", address.sun_path);
    return slot;
}

/* Ends the program, slot and all. */
static _Noreturn void
leave(int status, const char *what)
{
    if (status != 0)
        complain("%s", what);
    unlink(address.sun_path);
    _exit(status);
}

/* Returns 1 if a message was printed. */
static int
print_message(int slot)
{
    char line[3 * TEXT_LIMIT];
    char text[2 * TEXT_LIMIT];
    ssize_t n = recv(slot, text, sizeof text, 0);

    if (n == -1 && errno == EINTR)
        return 0;
    if (n == -1)
        leave(1, "recv");
    if (n > TEXT_LIMIT) {
        complainx("too long, dropped");
        return 0;
    }
    int head = sprintf(line, "%zd: ", n);
    memcpy(line + head, text, (size_t)n);
    if (put_line(line, (size_t)(head + n)) == -1)
        leave(1, "write");
    return 1;
}

int
main(int argc, char *argv[])
{
    lab_start(argv[0]);
    if (argc < 2 || argc > 4)
        usage("NAME [COUNT [TIMEOUT]]");
    check_name(argv[1]);
    int count = argc > 2 ? parse_count("COUNT", argv[2]) : 0;
    int timeout = argc > 3 ? parse_count("TIMEOUT", argv[3]) : 0;

    hear_signals();
    strcpy(address.sun_path, argv[1]);
    int slot = make_slot();
    if (put_line("ready", 5) == -1)
        leave(1, "write");
    long long deadline = clock_ms() + timeout;
    for (int printed = 0; count == 0 || printed < count;) {
        struct pollfd fds[] = {{slot, POLLIN, 0}, {bell[0], POLLIN, 0}};
        long long left = deadline - clock_ms();
        int n = poll(fds, 2, timeout == 0 ? -1 : left > 0 ? (int)left : 0);
        if (n == 0) {
            if (put_line("timeout", 7) == -1)
                leave(1, "write");
            break;
        }
        if (n > 0 && fds[1].revents)
            break;
        if (n > 0 && fds[0].revents && print_message(slot)) {
            printed++;
            deadline = clock_ms() + timeout;
        }
    }
    leave(0, "");
}
