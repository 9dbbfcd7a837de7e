/*
 * domain_server.c - one of several mailslots of a name that all get each letter
 *
 * A UDP datagram to the broadcast address reaches every socket bound to that
 * address and port. Names share ports, so each letter carries its name.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static struct {
    const char *name;
    int slot;
    char message[DOMAIN_MESSAGE_LIMIT + 1]; /* a byte more: too long shows */
    int timeout;                            /* milliseconds, 0: no limit */
    long long deadline;                     /* on the clock of clock_ms() */
} server = {.slot = -1};

/* Runs once, before the program ends, however it does. */
static void
close_slot(void)
{
    /* Given: there is no name to remove; the slot goes with its socket. */
    if (server.slot != -1)
        close(server.slot);
}

static void
make_slot(void)
{
    /* TASK 1: make a UDP socket. Let others use the same address and port
     * (SO_REUSEADDR) before you bind it to DOMAIN_ADDRESS and the port of the
     * name, in network byte order. Print the line "ready". */
    struct sockaddr_in address = {.sin_family = AF_INET};
    int on = 1;

    server.slot = socket(AF_INET, SOCK_DGRAM, 0);
    if (server.slot == -1)
        die("socket");
    if (setsockopt(server.slot, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == -1)
        die("setsockopt SO_REUSEADDR");
    address.sin_port = htons(domain_port(server.name));
    inet_pton(AF_INET, DOMAIN_ADDRESS, &address.sin_addr);
    if (bind(server.slot, (struct sockaddr *)&address, sizeof address) == -1)
        die("bind %s port %d", DOMAIN_ADDRESS, domain_port(server.name));
    if (put_line("ready", strlen("ready")) == -1)
        die("write ready");
    /* END 1 */
}

/* Waits for a datagram until the deadline. Returns 1, or 0 if it has passed. */
static int
await_message(void)
{
    /* TASK 4: wait with poll() until a datagram is there, or for what is left
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
    /* END 4 */
    return 1;
}

/* Takes a datagram. Returns 1 if it was printed, 0 if not, -1 for no slot. */
static int
take_message(void)
{
    ssize_t n = -1;

    /* TASK 2: take one datagram; EINTR: again. Drop what does not begin with
     * our NAME and '\0', and say nothing: it is for somebody else. A text that
     * is too long is dropped with a line on standard error. */
    size_t head = strlen(server.name) + 1;

    do
        n = recv(server.slot, server.message, sizeof server.message, 0);
    while (n == -1 && errno == EINTR);
    if (n != -1 &&
        (n < (ssize_t)head || memcmp(server.message, server.name, head) != 0))
        return 0;
    if (n > (ssize_t)head + TEXT_LIMIT) {
        complainx("a message of more than %d bytes is dropped", TEXT_LIMIT);
        return 0;
    }
    /* END 2 */
    /* Given: no slot, nothing to print. */
    if (n == -1)
        return -1;

    /* TASK 3: print "LENGTH: TEXT". */
    size_t length = (size_t)n - (strlen(server.name) + 1);
    char line[TEXT_LIMIT + 16];
    int digits = snprintf(line, sizeof line, "%zu: ", length);

    memcpy(line + digits, server.message + n - length, length);
    if (put_line(line, (size_t)digits + length) == -1)
        die("write");
    /* END 3 */
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
    server.name = argv[1];
    count = argc > 2 ? parse_count("COUNT", argv[2]) : 0;
    server.timeout = argc > 3 ? parse_count("TIMEOUT", argv[3]) : 0;
    clean_up_at_end(close_slot);
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
            die("recv for %s", server.name);
        printed += n;
        if (n == 1)
            server.deadline = clock_ms() + server.timeout;
    }
    return 0;
}
