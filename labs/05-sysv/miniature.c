/*
 * miniature.c - a workshop: jobs in a queue, counts in memory, and hammers
 *
 * usage: miniature FILE make
 *        miniature FILE put URGENCY TEXT      a new job
 *        miniature FILE take URGENCY          prints a job and removes it
 *        miniature FILE count WORKER N        a worker has done N jobs more
 *        miniature FILE change SEMAPHORE N    1 -1 takes a hammer, 1 1 returns it
 *        miniature FILE forget
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

#include "lab.h"

enum {
    LETTER = 'L',
    TEXT_LIMIT = 300,
    WORKERS = 8,
    LOCK = 0,    /* 1 at first: who holds it may change the counts */
    HAMMERS = 1, /* 2 at first */
    SEMAPHORES = 2
};

struct job {
    long urgency; /* the type: 1 is the most urgent */
    char text[TEXT_LIMIT];
};

/* What semctl() takes; every program defines it for itself (semctl(2)). */
union semun {
    int val;
    struct semid_ds *buf;
    unsigned short *array;
};

static key_t key; /* made from FILE */

static void
make(char *words[])
{
    unsigned short first[SEMAPHORES] = {[LOCK] = 1, [HAMMERS] = 2};
    int flags = IPC_CREAT | IPC_EXCL | 0600; /* a new one, or none */
    int set;

    (void)words;
    if (msgget(key, flags) == -1)
        die("msgget");
    if (shmget(key, WORKERS * sizeof(uint32_t), flags) == -1)
        die("shmget");
    set = semget(key, SEMAPHORES, flags);
    if (set == -1)
        die("semget");
    /* Nothing says what a new semaphore counts: set all of them. */
    if (semctl(set, 0, SETALL, (union semun){.array = first}) == -1)
        die("semctl SETALL");
}

static void
put(char *words[])
{
    struct job job = {.urgency = strtol(words[0], NULL, 10)};
    size_t length = strlen(words[1]);
    int queue = msgget(key, 0);

    if (queue == -1)
        die("msgget");
    if (length > TEXT_LIMIT)
        diex("a text is at most %d bytes long", TEXT_LIMIT);
    memcpy(job.text, words[1], length);
    /* The size is that of the text: the type is not counted. */
    while (msgsnd(queue, &job, length, 0) == -1)
        if (errno != EINTR)
            die("msgsnd");
}

static void
take(char *words[])
{
    struct job job;
    ssize_t size;
    int queue = msgget(key, 0);

    if (queue == -1)
        die("msgget");
    /* Waits until there is one. The size that comes back is the text's. */
    do
        size = msgrcv(queue, &job, TEXT_LIMIT, strtol(words[0], NULL, 10), 0);
    while (size == -1 && errno == EINTR);
    if (size == -1)
        die("msgrcv");
    if (put_line(job.text, (size_t)size) == -1)
        die("write");
}

/* Adds n to a semaphore; waits while that would make it less than 0. */
static void
add(long semaphore, long n, short flags)
{
    struct sembuf operation = {.sem_num = (unsigned short)semaphore,
        .sem_op = (short)n,
        .sem_flg = flags};
    int set = semget(key, 0, 0);

    if (set == -1)
        die("semget");
    while (semop(set, &operation, 1) == -1)
        if (errno != EINTR)
            die("semop");
}

static void
change(char *words[])
{
    add(strtol(words[0], NULL, 10), strtol(words[1], NULL, 10), 0);
}

static void
count(char *words[])
{
    size_t worker = strtoul(words[0], NULL, 10);
    struct shmid_ds status;
    uint32_t *done;
    uint32_t sum;
    int segment = shmget(key, 0, 0);

    if (segment == -1 || shmctl(segment, IPC_STAT, &status) == -1)
        die("shmget");
    if (worker >= status.shm_segsz / sizeof *done)
        diex("there is no worker %s", words[0]);
    done = shmat(segment, NULL, 0);
    if (done == (void *)-1)
        die("shmat");
    /* Load, add, store: three steps, so one process at a time. If we are
     * killed between them, the kernel gives the lock back: SEM_UNDO. */
    add(LOCK, -1, SEM_UNDO);
    done[worker] += (uint32_t)strtol(words[1], NULL, 10);
    sum = done[worker];
    add(LOCK, 1, SEM_UNDO);
    shmdt(done);
    printf("%lu\n", (unsigned long)sum);
    if (fflush(stdout) == EOF)
        die("write");
}

static void
forget(char *words[])
{
    (void)words;
    /* What is not there need not be removed: these calls may fail. */
    msgctl(msgget(key, 0), IPC_RMID, NULL);
    shmctl(shmget(key, 0, 0), IPC_RMID, NULL);
    semctl(semget(key, 0, 0), 0, IPC_RMID);
}

static const struct {
    const char *name;
    int argc;
    void (*act)(char *words[]);
} verbs[] = {
    {"make", 3, make},
    {"put", 5, put},
    {"take", 4, take},
    {"count", 5, count},
    {"change", 5, change},
    {"forget", 3, forget},
};

int
main(int argc, char *argv[])
{
    lab_start(argv[0]);
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (argc != verbs[i].argc || strcmp(argv[2], verbs[i].name) != 0)
            continue;
        key = ftok(argv[1], LETTER);
        if (key == -1)
            die("ftok %s", argv[1]);
        verbs[i].act(argv + 3);
        return 0;
    }
    usage("FILE make|put|take|count|change|forget [NUMBER [TEXT]]");
}
