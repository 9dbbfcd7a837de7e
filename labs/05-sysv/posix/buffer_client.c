/*
 * buffer_client.c - a producer that puts lines into the bounded buffer
 */
#include <errno.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>

#include "lab.h"
#include "protocol.h"

static struct {
    const char *name; /* of the key file */
    int set;          /* of semaphores */
    struct buffer *buffer;
    char line[SLOT_TEXT_LIMIT];
} client = {.set = -1};

static void
open_objects(void)
{
    /* TASK 1: make the key from the server's file. Open its semaphores and
     * its segment, which is at least as large as a buffer, and attach it. If
     * anything is missing there is no server: say so, and create nothing. */
}

/* Adds to semaphores of the set, all at once or not at all; waits for that. */
static void
change(struct sembuf *operations, size_t n)
{
    while (semop(client.set, operations, n) == -1)
        if (errno != EINTR)
            die("semop for %s", client.name);
}

static void
begin_put(void)
{
    struct sembuf first = {0};
    struct sembuf second = {0};

    /* TASK 2: take one from FREE first, and only then MUTEX: who waited for
     * room with MUTEX in hand would let nobody make any. MUTEX with SEM_UNDO:
     * if we die with it, the kernel gives it back. */
    /* Given: one after the other. */
    change(&first, 1);
    change(&second, 1);
}

static void
end_put(void)
{
    struct sembuf done[2] = {{0}};

    /* TASK 4: add one to FILLED and give MUTEX back (SEM_UNDO), in one call:
     * nobody can come between the two. */
    /* Given: both at once. */
    change(done, 2);
}

/* Puts a line, or with END_MARK as length the end of our lines. */
static void
put_slot(uint32_t length)
{
    begin_put();
    struct slot *slot = &client.buffer->slots[client.buffer->tail % SLOTS];

    slot->length = length;
    /* TASK 3: copy the line into the slot, unless it is the end mark. Then
     * let tail follow. */
    /* Given: let the server know. */
    end_put();
}

int
main(int argc, char *argv[])
{
    unsigned long lines = 1;
    ssize_t length;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    client.name = argv[1];
    open_objects();
    for (; (length = read_line(client.line, SLOT_TEXT_LIMIT)) >= 0; lines++)
        put_slot((uint32_t)length);
    if (length == LINE_ERROR)
        complain("read standard input");

    /* TASK 5: put the end mark, after a line that is too long as well. */
    /* Given: the input may have ended early. */
    if (length == LINE_TOO_LONG)
        diex("line %lu is longer than %d bytes", lines, SLOT_TEXT_LIMIT);
    return length == LINE_END ? 0 : 1;
}
