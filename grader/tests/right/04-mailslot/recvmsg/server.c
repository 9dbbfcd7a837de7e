/*
 * server.c - owns a mailslot: recvmsg() tells what was cut off
 *
 * The leftover is looked for only when bind() has failed, and the mode is set
 * through the umask around bind().
 */
#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static char path[NAME_LIMIT + 3]; /* "./NAME" */
static int is_ours;

static void
unlink_slot(void)
{
    if (is_ours)
        unlink(path);
}

static int
bind_slot(int slot)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    mode_t mask = umask(0177);

    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    int result = bind(slot, (struct sockaddr *)&address,
        (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path) + 1));
    umask(mask);
    return result;
}

/* Is it a socket, and has its owner gone? */
static int
is_leftover(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct stat status;

    if (stat(path, &status) == -1 || (status.st_mode & S_IFMT) != S_IFSOCK)
        return 0;
    int probe = socket(AF_UNIX, SOCK_DGRAM, 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    int result = connect(probe, (struct sockaddr *)&address, sizeof address);
    int is_refused = result == -1 && errno == ECONNREFUSED;
    close(probe);
    return is_refused;
}

/* Returns the number of printed messages: 0 or 1. */
static int
take(int slot)
{
    char text[16 + TEXT_LIMIT];
    char line[16 + TEXT_LIMIT];
    struct iovec part = {text, TEXT_LIMIT};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    ssize_t n = recvmsg(slot, &message, 0);

    if (n == -1) {
        if (errno != EINTR)
            die("recvmsg from %s", path);
        return 0;
    }
    if (message.msg_flags & MSG_TRUNC) {
        complainx("a message is too long and is dropped");
        return 0;
    }
    size_t head = (size_t)snprintf(line, sizeof line, "%d: ", (int)n);
    memcpy(line + head, text, (size_t)n);
    line[head + (size_t)n] = '\n';
    if (write_all(STDOUT_FILENO, line, head + (size_t)n + 1) == -1)
        die("write");
    return 1;
}

int
main(int argc, char *argv[])
{
    lab_start(argv[0]);
    if (argc < 2 || argc > 4)
        usage("NAME [COUNT [TIMEOUT]]");
    check_name(argv[1]);
    int left = argc > 2 ? parse_count("COUNT", argv[2]) : 0;
    int timeout = argc > 3 ? parse_count("TIMEOUT", argv[3]) : 0;
    int is_endless = left == 0;

    snprintf(path, sizeof path, "./%s", argv[1]);
    clean_up_at_end(unlink_slot);
    int slot = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (slot == -1)
        die("socket");
    int result = bind_slot(slot);
    if (result == -1 && errno == EADDRINUSE && is_leftover()) {
        unlink(path);
        result = bind_slot(slot);
    }
    if (result == -1)
        die("bind %s", path);
    is_ours = 1;
    if (put_line("ready", 5) == -1)
        die("write");

    long long since = clock_ms();
    while (is_endless || left > 0) {
        struct pollfd ready = {.fd = slot, .events = POLLIN};
        long long wait = timeout == 0 ? -1 : since + timeout - clock_ms();
        if (timeout != 0 && wait < 0)
            wait = 0;
        int n = poll(&ready, 1, (int)wait);
        if (n == 0)
            break;
        if (n == 1 && take(slot)) {
            left--;
            since = clock_ms();
        }
    }
    if ((is_endless || left > 0) && put_line("timeout", 7) == -1)
        die("write");
    return 0;
}
