/*
 * server.c - owns a mailslot and prints the messages that arrive
 *
 * The slot is an object of the system with a name. Whoever knows the name can
 * send; every message arrives whole or not at all. There is no TASK 2 here:
 * the slot goes with its owner, so no leftover is ever in the way.
 */
#include <stdio.h>
#include <string.h>

#include "lab.h"
#include "protocol.h"

static struct {
    char name[WIN32_NAME_SIZE];
    HANDLE slot;
    char text[TEXT_LIMIT + 1]; /* a byte more: too long shows */
    int timeout;               /* milliseconds, 0: no limit */
    long long deadline;        /* on the clock of clock_ms() */
} server = {.slot = INVALID_HANDLE_VALUE};

static void
close_slot(void)
{
    /* TASK 3: close the slot: its name goes with it. */
    CloseHandle(server.slot);
    /* END 3 */
}

static void
make_slot(void)
{
    /* TASK 1: make the mailslot, for messages of up to TEXT_LIMIT bytes; a
     * read waits for one (CreateMailslot() fails if somebody has a slot of
     * this name). Print the line "ready". */
    server.slot =
        CreateMailslot(server.name, TEXT_LIMIT, MAILSLOT_WAIT_FOREVER, NULL);
    if (server.slot == INVALID_HANDLE_VALUE)
        die("CreateMailslot %s", server.name);
    if (put_line("ready", strlen("ready")) == -1)
        die("write ready");
    /* END 1 */
}

/* Lets the next read wait until the deadline, and no longer. */
static void
limit_wait(void)
{
    /* TASK 6: if there is a TIMEOUT, tell the slot, with SetMailslotInfo(),
     * what is left of it; without, a read waits for ever. */
    long long left = server.deadline - clock_ms();

    if (server.timeout == 0)
        return;
    if (!SetMailslotInfo(server.slot, left > 0 ? (DWORD)left : 0))
        die("SetMailslotInfo %s", server.name);
    /* END 6 */
}

/* Takes a message. Returns 1 if it was printed, 0 if not, -1 for no slot or,
 * with GetLastError() ERROR_SEM_TIMEOUT, no message in time. */
static int
take_message(void)
{
    ssize_t length = -1;

    /* TASK 4: take one message. Nothing is cut off unseen: one that fills the
     * larger buffer is too long; say so and drop it. (Under Wine,
     * ReadFile() says ERROR_BROKEN_PIPE for a message of no bytes.) */
    DWORD n;

    if (ReadFile(server.slot, server.text, sizeof server.text, &n, NULL))
        length = (ssize_t)n;
    else if (GetLastError() == ERROR_BROKEN_PIPE)
        length = 0;
    if (length > TEXT_LIMIT) {
        complainx("a message of more than %d bytes is dropped", TEXT_LIMIT);
        return 0;
    }
    /* END 4 */
    /* Given: nothing to print. */
    if (length == -1)
        return -1;

    /* TASK 5: print "LENGTH: TEXT" (a message of no bytes is a message). */
    char line[TEXT_LIMIT + 16];
    int head = snprintf(line, sizeof line, "%ld: ", (long)length);

    memcpy(line + head, server.text, (size_t)length);
    if (put_line(line, (size_t)head + (size_t)length) == -1)
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
    snprintf(server.name, WIN32_NAME_SIZE, WIN32_SLOT_FORMAT, argv[1]);
    count = argc > 2 ? parse_count("COUNT", argv[2]) : 0;
    server.timeout = argc > 3 ? parse_count("TIMEOUT", argv[3]) : 0;
    make_slot();

    server.deadline = clock_ms() + server.timeout;
    while (count == 0 || printed < count) {
        limit_wait();
        int n = take_message();
        if (n == -1 && GetLastError() == ERROR_SEM_TIMEOUT) {
            if (put_line("timeout", strlen("timeout")) == -1)
                die("write timeout");
            break;
        }
        if (n == -1)
            die("ReadFile %s", server.name);
        printed += n;
        if (n == 1)
            server.deadline = clock_ms() + server.timeout;
    }
    close_slot();
    return 0;
}
