/*
 * server.c - owns a mailslot and prints the messages that arrive
 *
 * The slot is a datagram socket with a name in a folder. Whoever knows the
 * name can send; every message arrives whole or not at all.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static struct {
    struct sockaddr_un address;
    int slot;
    char text[TEXT_LIMIT + 1]; /* a byte more: too long shows */
    int is_made;               /* the name is ours to remove */
    int timeout;               /* milliseconds, 0: no limit */
    long long deadline;        /* on the clock of clock_ms() */
} server = {.address.sun_family = AF_UNIX, .slot = -1};

/* Runs once, before the program ends, however it does. */
static void
remove_slot(void)
{
    /* TASK 3: remove the name, if we have made it. */
    if (server.is_made)
        unlink(server.address.sun_path);
    /* END 3 */
}

/* Removes a slot that a crashed run has left, and nothing else. */
static void
remove_leftover(void)
{
    /* TASK 2: only a socket can be a leftover. Connect another socket to it:
     * success means that the slot is in use, ECONNREFUSED that its owner has
     * gone. Whatever else connect() says, it is not ours to remove. */
    const struct sockaddr *address = (struct sockaddr *)&server.address;
    const char *name = server.address.sun_path;
    struct stat status;
    int probe;

    if (lstat(name, &status) == -1 || !S_ISSOCK(status.st_mode))
        return;
    probe = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (probe == -1)
        die("socket");
    if (connect(probe, address, sizeof server.address) == 0)
        diex("the mailslot %s is in use", name);
    if (errno != ECONNREFUSED)
        die("connect to %s", name);
    unlink(name);
    close(probe);
    /* END 2 */
}

static void
make_slot(void)
{
    /* TASK 1: make a datagram socket and bind it to the name, with mode 0600
     * whatever the umask (bind() fails if anything stands there). Print the
     * line "ready". */
    server.slot = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (server.slot == -1)
        die("socket");
    umask(0177);
    if (bind(server.slot, (struct sockaddr *)&server.address,
            sizeof server.address) == -1)
        die("bind %s", server.address.sun_path);
    server.is_made = 1;
    if (put_line("ready", strlen("ready")) == -1)
        die("write ready");
    /* END 1 */
}

/* Waits for a message until the deadline. Returns 1, or 0 if it has passed. */
static int
await_message(void)
{
    /* TASK 6: wait with poll() until a message is there, or for what is left
     * of the time; EINTR: again. With no TIMEOUT, recv() waits by itself. */
    struct pollfd slot = {.fd = server.slot, .events = POLLIN};
    int n;

    if (server.timeout == 0)
        return 1;
    do {
        long long left = server.deadline - clock_ms();
        n = poll(&slot, 1, left > 0 ? (int)left : 0);
    } while (n == -1 && errno == EINTR);
    if (n == -1)
        die("poll");
    if (n == 0)
        return 0;
    /* END 6 */
    return 1;
}

/* Takes a message. Returns 1 if it was printed, 0 if not, -1 for no slot. */
static int
take_message(void)
{
    ssize_t length = -1;

    /* TASK 4: take one message; EINTR: again. Nothing is cut off unseen: one
     * that fills the larger buffer is too long; say so and drop it. */
    do
        length = recv(server.slot, server.text, sizeof server.text, 0);
    while (length == -1 && errno == EINTR);
    if (length > TEXT_LIMIT) {
        complainx("a message of more than %d bytes is dropped", TEXT_LIMIT);
        return 0;
    }
    /* END 4 */
    /* Given: no slot, nothing to print. */
    if (length == -1)
        return -1;

    /* TASK 5: print "LENGTH: TEXT" (a message of no bytes is a message). */
    char line[TEXT_LIMIT + 16];
    int n = snprintf(line, sizeof line, "%zd: ", length);

    memcpy(line + n, server.text, (size_t)length);
    if (put_line(line, (size_t)n + (size_t)length) == -1)
        die("write");
    /* END 5 */
    return 1;
}

int
main(int argc, char *argv[])
{
    int count;
    int printed = 0;

    lab_start(argv[0]);
    if (argc < 2 || argc > 4)
        usage("NAME [COUNT [TIMEOUT]]");
    check_name(argv[1]);
    count = argc > 2 ? parse_count("COUNT", argv[2]) : 0;
    server.timeout = argc > 3 ? parse_count("TIMEOUT", argv[3]) : 0;
    strcpy(server.address.sun_path, argv[1]);
    clean_up_at_end(remove_slot);
    remove_leftover();
    make_slot();

    server.deadline = clock_ms() + server.timeout;
    while (count == 0 || printed < count) {
        if (!await_message()) {
            if (put_line("timeout", strlen("timeout")) == -1)
                die("write timeout");
            break;
        }
        int n = take_message();
        if (n == -1)
            die("recv from %s", server.address.sun_path);
        printed += n;
        if (n == 1)
            server.deadline = clock_ms() + server.timeout;
    }
    return 0;
}
