/*
 * buffer_client.c - waits for FREE and MUTEX at once, and never holds one of
 * them while it waits for the other
 */
#include <errno.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>

#include "lab.h"
#include "protocol.h"

static void
operate(int set, struct sembuf *operations)
{
    while (semop(set, operations, 2) == -1)
        if (errno != EINTR)
            die("semop");
}

int
main(int argc, char *argv[])
{
    struct sembuf take[] = {{MUTEX, -1, SEM_UNDO}, {FREE, -1, 0}};
    struct sembuf give[] = {{MUTEX, 1, SEM_UNDO}, {FILLED, 1, 0}};
    char line[SLOT_TEXT_LIMIT];
    unsigned long n = 0;
    ssize_t length;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    key_t key = ftok(argv[1], KEY_LETTER);
    if (key == -1)
        die("ftok %s", argv[1]);
    int set = semget(key, SEMAPHORES, 0);
    int segment = shmget(key, sizeof(struct buffer), 0);
    if (set == -1 || segment == -1)
        die("open the objects of %s", argv[1]);
    struct buffer *buffer = shmat(segment, NULL, 0);
    if (buffer == (void *)-1)
        die("shmat");
    do {
        length = read_line(line, sizeof line);
        n++;
        operate(set, take);
        struct slot *slot = &buffer->slots[buffer->tail++ % SLOTS];
        slot->length = length < 0 ? END_MARK : (uint32_t)length;
        if (length > 0)
            memcpy(slot->text, line, (size_t)length);
        operate(set, give);
    } while (length >= 0);
    if (length == LINE_TOO_LONG)
        diex("line %lu is too long: at most %d bytes", n, SLOT_TEXT_LIMIT);
    if (length == LINE_ERROR)
        diex("the input cannot be read");
    return 0;
}
