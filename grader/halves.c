/*
 * halves.c - see halves.h
 */
#include "halves.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bounds.h"
#include "fence.h"
#include "litter.h"
#include "proc.h"
#include "sweep.h"
#include "trace.h"

struct program halves[HALVES];
uint32_t halves_strays;

static int children; /* signalfd: a child has ended */

enum {
    COLLECT_MS = 1
};

int
halves_begin(void)
{
    sigset_t ended;

    for (int i = 0; i < HALVES; i++)
        halves[i] = program_none;
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ended, NULL);
    children = signalfd(-1, &ended, SFD_NONBLOCK | SFD_CLOEXEC);
    return children;
}

struct program *
halves_find(pid_t pid)
{
    for (int i = 0; i < HALVES; i++)
        if (halves[i].state.pid == pid)
            return &halves[i];
    return NULL;
}

/* Takes the news of ended processes. Returns 1 if one was a half: the end of an
 * orphan is nothing in itself, but may let somebody go on. */
static int
reap(void)
{
    struct signalfd_siginfo info;
    int status;
    int news = 0;
    pid_t pid;

    while (read(children, &info, sizeof info) > 0)
        continue;
    while ((pid = proc_reap(-1, &status, WNOHANG)) > 0) {
        struct program *half = halves_find(pid);
        if (half != NULL)
            program_ended(half, status);
        else if (!trace_reaped(pid))
            halves_strays++;
        news |= half != NULL;
    }
    return news;
}

enum event
halves_pump(int socket, int timeout, pid_t *caller)
{
    enum {
        FIRST = 2,
        CALLS_AT = FIRST + PROGRAM_FDS * HALVES,
        TRACES_AT = CALLS_AT + HALVES,
        ALL = TRACES_AT + HALVES
    };
    struct pollfd fds[ALL];
    struct pollfd *calls = &fds[CALLS_AT];
    int moved = 0;
    int called = 0;

    if (program_collects() && timeout != 0)
        (void)poll(&(struct pollfd){socket, POLLIN, 0}, 1, COLLECT_MS);
    fds[0] = (struct pollfd){socket, POLLIN, 0};
    fds[1] = (struct pollfd){children, POLLIN, 0};
    for (int i = 0; i < HALVES; i++)
        program_poll(&halves[i], &fds[FIRST + PROGRAM_FDS * i]);
    for (int i = 0; i < HALVES; i++)
        control_poll(halves[i].control, &calls[i]);
    trace_poll(&fds[TRACES_AT]);
    bounds_look();
    if (timeout == -1 && halves[0].state.pid != 0) /* programs may run */
        timeout = BOUNDS_PAUSE;
    int n = poll(fds, ALL, timeout);
    if (n == -1 && errno != EINTR)
        _exit(2); /* we could see nothing any more: the item is void */
    if (n <= 0)
        return EVENT_NONE;
    trace_pump();
    for (int i = 0; i < HALVES; i++) {
        const struct pollfd *own = &fds[FIRST + PROGRAM_FDS * i];
        if (own[0].revents | own[1].revents | own[2].revents)
            moved |= program_pump(&halves[i]);
        if (own[3].revents && program_listen(&halves[i])) {
            *caller = halves[i].state.pid;
            called = 1;
        }
    }
    for (int i = 0; i < HALVES; i++)
        if (control_pump(halves[i].control, calls[i].revents)) {
            *caller = halves[i].state.pid;
            called = 1;
        }
    if (fds[1].revents)
        moved |= reap() ? PUMP_MOVED : 0;
    if (fds[0].revents) /* first: a flood would keep it for later, and later */
        return EVENT_ASKED;
    if (moved & PUMP_MOVED)
        return EVENT_MOVED;
    if (called || moved)
        return called ? EVENT_CALLED : EVENT_COMPLAINED;
    return EVENT_NONE;
}

int
halves_wait_for_time(pid_t pid)
{
    const struct relay_call *calls[RELAY_THREADS];
    const struct program *half = halves_find(pid);
    size_t n = half != NULL && half->relay != NULL
                   ? relay_open_calls(half->relay, calls, RELAY_THREADS)
                   : 0;

    for (size_t i = 0; i < n; i++)
        if (relay_timeout(calls[i]) >= 0)
            return 1;
    return 0;
}

size_t
halves_tell_relay(char *answer)
{
    static struct relay_told told[RELAY_TOLD + RELAY_THREADS];
    size_t size = 0;

    for (int i = 0; i < HALVES; i++) {
        const struct program *half = &halves[i];
        struct relay_part part = {
            .has_ended = half->state.has_ended, .status = half->state.status};
        if (half->relay == NULL || program_is_tool(half->path))
            continue;
        snprintf(part.name, sizeof part.name, "%.23s", half->name);
        program_name(half->child_path, part.child);
        relay_tell(half->relay, &part, told);
        memcpy(answer + size, &part, sizeof part);
        size += sizeof part;
        memcpy(answer + size, told, part.calls * sizeof told[0]);
        size += part.calls * sizeof told[0];
    }
    return size;
}

int
halves_release(void)
{
    int released = 0;

    for (int i = 0; i < HALVES; i++)
        released |= control_release(halves[i].control);
    return released;
}

void
halves_forget(void)
{
    trace_forget();
    litter_note_all();
    if (fence() == FENCE_USERS)
        kill(-1, SIGKILL); /* all who have our ids: we are not meant by that */
    sweep_processes();
    for (int i = 0; i < HALVES; i++)
        program_forget(&halves[i]);
}
