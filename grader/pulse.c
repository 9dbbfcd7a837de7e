/*
 * pulse.c - see pulse.h
 */
#include "pulse.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>

#include "proc.h"
#include "walls.h"

enum {
    LOOK_MS = 1000,
    STILL_LOOKS = PULSE_SECONDS * 1000 / LOOK_MS, /* one after another */
    BURNT_SECONDS = 10 /* for one answer; usually much less than one */
};

static pid_t
only_child(pid_t pid)
{
    char text[64];

    if (proc_read(
            text, sizeof text, "%d/task/%d/children", (int)pid, (int)pid) <= 0)
        return 0;
    return (pid_t)strtol(text, NULL, 10);
}

/* The child of bwrap, which is that of its leash; or known. */
static pid_t
find_warden(const struct sandbox *sandbox)
{
    if (sandbox->walls->level != WALLS_NAMESPACES)
        return sandbox->pid;
    return only_child(only_child(sandbox->pid));
}

/* Sleeps, and has not been woken since it had that many context switches? */
static int
is_still(pid_t warden, uint64_t *switches)
{
    uint64_t before = *switches;
    char state;

    if (proc_thread(warden, warden, &state, switches) == -1)
        return 0;
    return state != 'R' && *switches == before;
}

/* Processor time in ns, without that of the children it has reaped; it has only
 * one thread. */
static uint64_t
burnt(pid_t warden)
{
    char text[64];

    if (proc_read(text, sizeof text, "%d/schedstat", (int)warden) <= 0)
        return 0;
    return strtoull(text, NULL, 10);
}

/* Has the sandbox ended without an answer? Somebody whom its end has left behind
 * may still hold the warden's socket. It is no child of ours, but our parent's. */
static int
is_over(const struct sandbox *sandbox, struct pollfd *answer)
{
    struct proc_stat stat;
    int is_gone = kill(sandbox->pid, 0) == -1 && errno == ESRCH;

    if (!is_gone && (proc_stat(sandbox->pid, &stat) == -1 || !stat.is_ending))
        return 0;
    return poll(answer, 1, 0) == 0;
}

int
pulse_await(const struct sandbox *sandbox, short events)
{
    const uint64_t most = BURNT_SECONDS * UINT64_C(1000000000);
    struct pollfd answer = {sandbox->socket, events, 0};
    uint64_t switches = 0;
    uint64_t begun = 0;
    pid_t warden = 0;
    int still = 0;

    for (;;) {
        int n = poll(&answer, 1, LOOK_MS);
        if (n > 0 || (n == -1 && errno != EINTR))
            return 0;
        if (is_over(sandbox, &answer))
            return -1;
        if (warden == 0) {
            warden = find_warden(sandbox);
            begun = burnt(warden);
        }
        still = is_still(warden, &switches) ? still + 1 : 0;
        if (still == STILL_LOOKS || burnt(warden) > begun + most)
            return -1;
    }
}
