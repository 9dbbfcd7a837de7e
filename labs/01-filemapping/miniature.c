/*
 * miniature.c - counts its own runs, however many of them there are at once
 *
 * usage: miniature NAME           adds one to the tally in the file NAME
 *        miniature NAME forget    removes the file and the lock
 */
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lab.h"

enum {
    LOCK_NAME_SIZE = 80
};

struct tally {
    uint32_t runs;
};

static struct tally *
map_tally(const char *name)
{
    struct tally *tally;
    int fd = open(name, O_RDWR | O_CREAT, 0600);

    if (fd == -1)
        die("open %s", name);
    /* A new file is empty. It grows to the size we need, with zeros. */
    if (ftruncate(fd, sizeof *tally) == -1)
        die("ftruncate %s", name);
    /* From here on the file is memory; the descriptor is not needed. */
    tally =
        mmap(NULL, sizeof *tally, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (tally == MAP_FAILED)
        die("mmap %s", name);
    close(fd);
    return tally;
}

static void
count_run(struct tally *tally, const char *lock_name)
{
    /* The first run to come here creates the lock, with one place free. */
    sem_t *lock = sem_open(lock_name, O_CREAT, 0600, 1);

    if (lock == SEM_FAILED)
        die("sem_open %s", lock_name);
    /* Load, add, store: three steps, so one process at a time. */
    while (sem_wait(lock) == -1)
        if (errno != EINTR)
            die("sem_wait %s", lock_name);
    tally->runs++;
    printf("run %lu\n", (unsigned long)tally->runs);
    /* No die() while we hold the lock: the next run would wait for ever. */
    if (fflush(stdout) == EOF)
        complain("write");
    if (msync(tally, sizeof *tally, MS_SYNC) == -1)
        complain("msync");
    if (sem_post(lock) == -1)
        die("sem_post %s", lock_name);
}

int
main(int argc, char *argv[])
{
    char lock_name[LOCK_NAME_SIZE];
    struct tally *tally;

    lab_start(argv[0]);
    if (argc != 2 && argc != 3)
        usage("NAME [forget]");
    check_name(argv[1]);
    snprintf(lock_name, sizeof lock_name, "/%s.lock", argv[1]);
    if (argc == 3 && strcmp(argv[2], "forget") == 0) {
        sem_unlink(lock_name);
        unlink(argv[1]);
        return 0;
    }
    tally = map_tally(argv[1]);
    count_run(tally, lock_name);
    if (munmap(tally, sizeof *tally) == -1)
        die("munmap %s", argv[1]);
    return 0;
}
