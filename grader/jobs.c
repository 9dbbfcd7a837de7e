/*
 * jobs.c - see jobs.h
 */
#include "jobs.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "image.h"
#include "sweep.h"
#include "tie.h"

void *
jobs_share(size_t size)
{
    int fd = image_new();

    if (fd == -1 || ftruncate(fd, (off_t)size) == -1)
        return NULL;
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    return memory == MAP_FAILED ? NULL : memory;
}

/* Waits for every child: our own, and the orphans of bwrap, whose zombies some
 * machines' process 1 would leave lying about. */
static void
reap_all(void)
{
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
        continue;
}

static _Noreturn void
work(atomic_size_t *next, size_t count, pid_t parent,
    void (*run)(size_t job, void *context), void *context)
{
    tie(parent, SIGKILL);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    for (;;) {
        size_t job = atomic_fetch_add(next, 1);
        if (job >= count)
            break;
        run(job, context);
    }
    sweep_processes(); /* a bwrap that died may have left a child behind */
    _exit(0);
}

int
jobs_run(size_t count, int workers, void (*run)(size_t job, void *context),
    void *context)
{
    pid_t parent = getpid();
    int started = 0;
    atomic_size_t *next = jobs_share(sizeof *next);

    if (next == NULL)
        return -1;
    for (int i = 0; i < workers && (size_t)i < count; i++) {
        pid_t pid = fork();
        if (pid == 0)
            work(next, count, parent, run, context);
        started += pid > 0;
    }
    reap_all();
    munmap(next, sizeof *next);
    return started > 0 || count == 0 ? 0 : -1;
}
