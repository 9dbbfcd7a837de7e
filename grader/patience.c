/*
 * patience.c - see patience.h
 */
#include "patience.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "proc.h"

enum {
    LOOKS = 20 /* without any change: it is stuck */
};

static const struct timespec pause_of_looks = {0, 250000000};

/* What is seen in a look. */
struct look {
    uint64_t switches; /* context switches of all threads */
    uint64_t ids;      /* changes with the processes */
    size_t memory;     /* bytes */
    size_t processes;
    uint64_t ticks; /* of processor time, with children that have ended */
    int is_asleep;
};

static void
add_threads(struct look *look, pid_t pid)
{
    pid_t threads[PROC_LIMIT];
    size_t n = proc_threads(pid, threads, PROC_LIMIT);
    uint64_t switches;
    char state;

    for (size_t i = 0; i < n; i++) {
        if (proc_thread(pid, threads[i], &state, &switches) == -1)
            state = 'R'; /* it has just ended */
        else
            look->switches += switches;
        look->is_asleep &= state == 'S' || state == 'Z';
    }
}

static size_t
memory_of(pid_t pid)
{
    char text[128];
    size_t pages = 0;

    if (proc_read(text, sizeof text, "%d/statm", (int)pid) <= 0 ||
        sscanf(text, "%*u %zu", &pages) != 1)
        return 0;
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

/* The numbers behind the name, which may be any: user and system time of the
 * process, and of its children that have ended, and theirs. */
static uint64_t
ticks_of(pid_t pid)
{
    char text[1024];
    uint64_t ticks[4] = {0};

    if (proc_read(text, sizeof text, "%d/stat", (int)pid) <= 0)
        return 0;
    const char *end = strrchr(text, ')');
    if (end == NULL ||
        sscanf(end + 1,
            " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %" SCNu64 " %" SCNu64
            " %" SCNu64 " %" SCNu64,
            &ticks[0], &ticks[1], &ticks[2], &ticks[3]) != 4)
        return 0;
    return ticks[0] + ticks[1] + ticks[2] + ticks[3];
}

static struct look
look_at_all(void)
{
    static struct proc_stat stats[PROC_LIMIT];
    struct look look = {.is_asleep = 1};

    look.processes = proc_descendants(stats, PROC_LIMIT);
    for (size_t i = 0; i < look.processes; i++) {
        look.ids = look.ids * 31 + (uint64_t)stats[i].pid;
        look.memory += memory_of(stats[i].pid);
        look.ticks += ticks_of(stats[i].pid);
        add_threads(&look, stats[i].pid);
    }
    return look;
}

static int
is_same(const struct look *one, const struct look *other)
{
    return one->is_asleep && other->is_asleep && one->ids == other->ids &&
           one->switches == other->switches;
}

/* Waits for the end of a child, not for long. Returns what waitpid() does. */
static pid_t
wait_a_little(pid_t pid, int *status)
{
    sigset_t ended;
    pid_t result = waitpid(pid, status, WNOHANG);

    if (result != 0)
        return result;
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    (void)sigtimedwait(&ended, NULL, &pause_of_looks);
    return waitpid(pid, status, WNOHANG);
}

static enum patience_end
judge(const struct look *look, int same, const struct patience_limits *limits)
{
    uint64_t second = (uint64_t)sysconf(_SC_CLK_TCK);

    if (same >= LOOKS)
        return PATIENCE_STUCK;
    if (look->memory > limits->memory || look->processes > limits->processes)
        return PATIENCE_GREEDY;
    return look->ticks > limits->seconds * second ? PATIENCE_BURNT
                                                  : PATIENCE_ENDED;
}

enum patience_end
patience_wait(pid_t pid, const struct patience_limits *limits, int *status)
{
    enum patience_end end = PATIENCE_ENDED;
    struct look last = {0};
    int same = 0;
    sigset_t ended;
    sigset_t before;

    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ended, &before);
    while (end == PATIENCE_ENDED && wait_a_little(pid, status) == 0) {
        struct look look = look_at_all();
        same = is_same(&last, &look) ? same + 1 : 0;
        last = look;
        end = judge(&look, same, limits);
    }
    if (end != PATIENCE_ENDED) {
        kill(pid, SIGKILL);
        while (waitpid(pid, status, 0) == -1 && errno == EINTR)
            continue;
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return end;
}
