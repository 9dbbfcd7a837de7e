/*
 * buffer_server.c - the consumer of a bounded buffer in shared memory
 *
 * Eight slots in a ring. One semaphore counts the slots that are filled,
 * another those that are free, and a third lets one process at a time touch
 * the ring. The objects outlive every process: who made them removes them.
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

/* What semctl() takes; every program defines it for itself (semctl(2)). */
union semun {
    int val;
    struct semid_ds *buf;
    unsigned short *array;
};

static struct {
    const char *name; /* of the key file */
    int is_made;      /* the key file is ours to remove */
    key_t key;
    int segment;
    int set; /* of semaphores */
    struct buffer *buffer;
    struct slot taken[SLOTS];
} server = {.segment = -1, .set = -1};

/* Runs once, before the program ends, however it does. */
static void
remove_objects(void)
{
    /* TASK 4: remove the segment, the semaphores and the key file, if they
     * are ours. */
}

static void
make_key(void)
{
    struct stat status;
    int fd;

    /* Given: the key file, as in the first pair. */
    fd = open(server.name, O_RDONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0600);
    if (fd == -1 || fstat(fd, &status) == -1)
        die("open %s", server.name);
    if (!S_ISREG(status.st_mode) || status.st_size != 0)
        diex("%s is not an empty file", server.name);
    server.is_made = 1;
    if (fchmod(fd, 0600) == -1)
        die("chmod %s", server.name);
    close(fd);
    server.key = ftok(server.name, KEY_LETTER);
    if (server.key == -1)
        die("ftok %s", server.name);
}

static void
remove_leftovers(void)
{
    int queue = msgget(server.key, 0);

    if (queue != -1 && msgctl(queue, IPC_RMID, NULL) == -1)
        die("remove the queue of %s", server.name);
    /* TASK 1: remove a segment and semaphores under the key, too. */
}

static void
make_objects(void)
{
    /* TASK 2: make a new segment with mode 0600, as large as a buffer, and
     * attach it: it begins with zeros. */

    /* TASK 3: make a new set of semaphores with mode 0600 and give all of
     * them their first values at once. Print the line "ready". */
}

/* Adds to semaphores of the set, all at once or not at all; waits for that. */
static void
change(struct sembuf *operations, size_t n)
{
    while (semop(server.set, operations, n) == -1)
        if (errno != EINTR)
            die("semop for %s", server.name);
}

/* Waits until something is filled, and takes all there is, oldest first.
 * Returns how many slots it has copied. */
static int
take_slots(void)
{
    struct sembuf first = {0};
    struct sembuf second = {0};
    struct sembuf done[2] = {{0}};
    int n = 0;

    /* TASK 5: take one from FILLED first, then MUTEX, with SEM_UNDO: if we die
     * with it, the kernel gives it back. */
    /* Given: one after the other. */
    change(&first, 1);
    change(&second, 1);

    /* TASK 6: copy every slot from head to tail, head following. Finding none
     * is normal: the last time there was more than one. */

    /* TASK 7: give MUTEX back (SEM_UNDO) and add n to FREE. */
    /* Given: both at once. */
    change(done, n > 0 ? 2 : 1); /* to add 0 is to wait for 0 */
    return n;
}

/* Prints the lines. Returns how many end marks were among them. */
static int
print_slots(int n)
{
    int ends = 0;

    for (int i = 0; i < n; i++) {
        const struct slot *slot = &server.taken[i];

        if (slot->length == END_MARK) {
            ends++;
            continue;
        }
        /* TASK 8: print the text; a length that makes no sense costs a line
         * on standard error. */
    }
    return ends;
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
    make_objects();
    while (count == 0 || finished < count)
        finished += print_slots(take_slots());
    return 0;
}
