/*
 * buffer_server.c - without a helper thread: the handler sets a flag, and
 * removes the semaphores
 *
 * A flag alone would be missed just before semop(); that semop() fails is not.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

union semun {
    int val;
    struct semid_ds *buf;
    unsigned short *array;
};

static const char *name;
static int is_made;
static int segment = -1;
static volatile int set = -1;
static volatile sig_atomic_t is_over;
static struct buffer *buffer;

static void
remove_objects(void)
{
    if (set != -1)
        semctl(set, 0, IPC_RMID);
    if (segment != -1)
        shmctl(segment, IPC_RMID, NULL);
    if (is_made)
        unlink(name);
}

static void
end(int number)
{
    (void)number;
    is_over = 1;
    if (set != -1)
        semctl(set, 0, IPC_RMID);
}

static void
make_objects(void)
{
    struct sigaction action = {.sa_handler = end};
    struct stat status;
    int id;

    if (lstat(name, &status) == -1) {
        int fd = open(name, O_WRONLY | O_CREAT | O_EXCL, 0600);
        if (fd == -1)
            die("create %s", name);
        close(fd);
    } else if (!S_ISREG(status.st_mode) || status.st_size != 0) {
        diex("%s is something else", name);
    }
    is_made = 1;
    if (chmod(name, S_IRUSR | S_IWUSR) == -1)
        die("chmod %s", name);
    key_t key = ftok(name, 'L');
    if (key == -1)
        die("ftok %s", name);
    if ((id = semget(key, 0, 0)) != -1)
        semctl(id, 0, IPC_RMID);
    if ((id = msgget(key, 0)) != -1)
        msgctl(id, IPC_RMID, NULL);
    if ((id = shmget(key, 0, 0)) != -1)
        shmctl(id, IPC_RMID, NULL);
    set = semget(key, 3, 0600 | IPC_CREAT | IPC_EXCL);
    segment = shmget(key, 4096, 0600 | IPC_CREAT | IPC_EXCL);
    if (set == -1 || segment == -1)
        die("make the objects of %s", name);
    buffer = shmat(segment, NULL, 0);
    if (buffer == (void *)-1)
        die("shmat");
    if (semctl(set, FREE, SETVAL, (union semun){.val = SLOTS}) == -1 ||
        semctl(set, FILLED, SETVAL, (union semun){.val = 0}) == -1 ||
        semctl(set, MUTEX, SETVAL, (union semun){.val = 1}) == -1)
        die("semctl");
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

static void
change(unsigned short number, short by, short flags)
{
    struct sembuf operation = {number, by, flags};

    while (semop(set, &operation, 1) == -1) {
        if (is_over)
            exit(0);
        if (errno != EINTR)
            die("semop %d", number);
    }
}

int
main(int argc, char *argv[])
{
    int ends = 0;

    lab_start(argv[0]);
    if (argc < 2 || argc > 3)
        usage("NAME [COUNT]");
    check_name(argv[1]);
    name = argv[1];
    int count = argc == 3 ? parse_count("COUNT", argv[2]) : 0;
    if (atexit(remove_objects) != 0)
        diex("atexit");
    make_objects();
    if (put_line("ready", 5) == -1)
        die("standard output");
    while (count == 0 || ends < count) {
        struct slot slots[SLOTS];
        unsigned int n;
        change(FILLED, -1, 0);
        change(MUTEX, -1, SEM_UNDO);
        for (n = 0; buffer->head != buffer->tail; n++)
            slots[n % SLOTS] = buffer->slots[buffer->head++ % SLOTS];
        for (unsigned int i = 0; i < n; i++)
            change(FREE, 1, 0);
        change(MUTEX, 1, SEM_UNDO);
        for (unsigned int i = 0; i < n; i++)
            if (slots[i].length == END_MARK)
                ends++;
            else if (slots[i].length > SLOT_TEXT_LIMIT)
                complainx("a slot cannot have %u bytes", slots[i].length);
            else if (put_line(slots[i].text, slots[i].length) == -1)
                die("standard output");
    }
    return 0;
}
