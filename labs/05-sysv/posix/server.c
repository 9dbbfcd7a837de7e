/*
 * server.c - answers requests that come through a System V message queue
 *
 * One queue carries the messages of all clients in both directions: a type
 * says for whom a message is. The queue outlives every process, so whoever has
 * made it must remove it.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static struct {
    const char *name; /* of the key file */
    int is_made;      /* the key file is ours to remove */
    key_t key;
    int queue;
    uint32_t serial; /* requests taken so far */
    struct {
        struct request request;
        char more; /* a byte of what is too long: it shows */
    } message;
} server = {.queue = -1};

/* Runs once, before the program ends, however it does. */
static void
remove_objects(void)
{
    /* TASK 4: remove the queue and the key file, if they are ours. */
}

static void
make_key(void)
{
    /* TASK 1: create the key file, or take the one that a crashed run has
     * left: an empty regular file, no symbolic link. Refuse anything else. Its
     * mode is 0600, whatever the umask. Make the key from it. */
}

static void
remove_leftovers(void)
{
    /* TASK 2: a crashed run may have left a queue, a segment or a semaphore
     * set under the key. Remove each: what is in it is of no use to us. */
}

/* Waits for a request or goodbye. Returns its size, or -1. */
static ssize_t
take_message(void)
{
    ssize_t size = -1;

    /* TASK 5: take the next message of type REQUEST or GOODBYE; EINTR: again.
     * One that is too long must not stay in the queue: let msgrcv() cut it off
     * behind the byte that is one too many. */
    return size;
}

static void
answer(ssize_t size)
{
    const struct request *request = &server.message.request;
    struct reply reply = {.type = (long)REPLY + request->pid};

    reply.serial = ++server.serial;
    memcpy(reply.text, request->text, (size_t)size - MESSAGE_HEAD);
    /* TASK 7: send the reply without waiting: if everybody waited for room in
     * the queue, nobody would make any. A reply that finds no room is dropped
     * with a line on standard error. */
}

int
main(int argc, char *argv[])
{
    int count;
    int finished = 0;

    lab_start(argv[0]);
    if (argc != 2 && argc != 3)
        usage("NAME [COUNT]");
    check_name(argv[1]);
    server.name = argv[1];
    count = argc == 3 ? parse_count("COUNT", argv[2]) : 0;
    clean_up_at_end(remove_objects);
    make_key();
    remove_leftovers();

    /* TASK 3: make a new queue with mode 0600. Print the line "ready". */
    /* Given: until COUNT clients have said goodbye. */
    while (count == 0 || finished < count) {
        ssize_t size = take_message();
        if (size == -1)
            die("msgrcv for %s", server.name);
        /* TASK 6: a message that makes no sense (too short, too long, no
         * process ID) costs a line on standard error. Count the goodbyes. */
        /* Given: whoever comes here wants an answer. */
        answer(size);
    }
    return 0;
}
