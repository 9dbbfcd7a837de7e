/*
 * buffer_client.c - one semop() for each step
 */
#include <errno.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>

#include "lab.h"
#include "protocol.h"

static int set;
static struct buffer *buffer;

static void
change(int number, int by, int flags)
{
    struct sembuf operation = {.sem_num = (unsigned short)number,
        .sem_op = (short)by,
        .sem_flg = (short)flags};

    while (semop(set, &operation, 1) == -1)
        if (errno != EINTR)
            die("semop");
}

static void
put(const char *text, uint32_t length)
{
    change(FREE, -1, 0);
    change(MUTEX, -1, SEM_UNDO);
    struct slot *slot = buffer->slots + buffer->tail % SLOTS;
    slot->length = length;
    if (length <= SLOT_TEXT_LIMIT)
        memcpy(slot->text, text, length);
    buffer->tail += 1;
    change(FILLED, 1, 0);
    change(MUTEX, 1, SEM_UNDO);
}

int
main(int argc, char *argv[])
{
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
    int segment = shmget(key, 0, 0600);
    if (segment == -1 || (set = semget(key, 0, 0600)) == -1)
        die("no server for %s", argv[1]);
    buffer = shmat(segment, NULL, 0);
    if (buffer == (void *)-1)
        die("shmat");
    while ((length = read_line(line, sizeof line)) >= 0) {
        n++;
        put(line, (uint32_t)length);
    }
    put(NULL, END_MARK);
    shmdt(buffer);
    if (length == LINE_TOO_LONG)
        diex("line %lu: more than %d bytes", n + 1, SLOT_TEXT_LIMIT);
    if (length == LINE_ERROR)
        complainx("standard input: no more lines");
    return length == LINE_END ? 0 : 1;
}
