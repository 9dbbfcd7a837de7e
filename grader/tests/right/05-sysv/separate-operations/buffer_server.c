/*
 * buffer_server.c - one semop() for each step
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
    if (server.segment != -1)
        shmctl(server.segment, IPC_RMID, NULL);
    if (server.set != -1)
        semctl(server.set, 0, IPC_RMID);
    if (server.is_made)
        unlink(server.name);
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
    int segment = shmget(server.key, 0, 0);
    int set = semget(server.key, 0, 0);

    if (segment != -1 && shmctl(segment, IPC_RMID, NULL) == -1)
        die("remove the segment of %s", server.name);
    if (set != -1 && semctl(set, 0, IPC_RMID) == -1)
        die("remove the semaphores of %s", server.name);
}

static void
make_objects(void)
{
    server.segment =
        shmget(server.key, sizeof *server.buffer, IPC_CREAT | IPC_EXCL | 0600);
    if (server.segment == -1)
        die("shmget for %s", server.name);
    server.buffer = shmat(server.segment, NULL, 0);
    if (server.buffer == (void *)-1)
        die("shmat for %s", server.name);

    server.set = semget(server.key, SEMAPHORES, IPC_CREAT | IPC_EXCL | 0600);
    if (server.set == -1)
        die("semget for %s", server.name);
    if (semctl(server.set, FREE, SETVAL, (union semun){.val = SLOTS}) == -1 ||
        semctl(server.set, FILLED, SETVAL, (union semun){.val = 0}) == -1 ||
        semctl(server.set, MUTEX, SETVAL, (union semun){.val = 1}) == -1)
        die("semctl SETVAL");
    if (put_line("ready", strlen("ready")) == -1)
        die("write ready");
}

/* Adds to semaphores of the set, all at once or not at all; waits for that. */
static void
change(struct sembuf *operations, size_t n)
{
    while (semop(server.set, operations, n) == -1)
        if (errno != EINTR)
            die("semop for %s", server.name);
}

static void
change_one(unsigned short number, short by, short flags)
{
    change(&(struct sembuf){number, by, flags}, 1);
}

/* One operation at a time; a slot is free as soon as it was copied. */
static int
take_slots(void)
{
    int n = 0;

    change_one(FILLED, -1, 0);
    change_one(MUTEX, -1, SEM_UNDO);
    for (; server.buffer->head != server.buffer->tail; server.buffer->head++) {
        server.taken[n++] = server.buffer->slots[server.buffer->head % SLOTS];
        change_one(FREE, 1, 0);
    }
    change_one(MUTEX, 1, SEM_UNDO);
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
        if (slot->length > SLOT_TEXT_LIMIT)
            complainx("a slot of %lu bytes makes no sense",
                (unsigned long)slot->length);
        else if (put_line(slot->text, slot->length) == -1)
            die("write");
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
