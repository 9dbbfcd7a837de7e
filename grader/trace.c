/*
 * trace.c - see trace.h
 */
#include "trace.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "proc.h"
#include "tracer.h"
#include "wire.h"

enum {
    END_MS = 100 /* strace has written down the end of a process */
};

struct trace {
    pid_t strace; /* 0: it has ended */
    int pipe;     /* we read; -1: ended */
    int is_stopped;
    struct trace_part part;
    char head[TRACE_HEAD];
    char tail[2 * TRACE_TAIL]; /* its last TRACE_TAIL bytes are wanted */
};

static int is_on;
static int ntraces;
static struct trace traces[HALVES];

int
trace_begin(void)
{
    struct rlimit limit;

    if (!tracer_is_there()) {
        errno = ENOENT;
        return -1;
    }
    /* The tracers count as processes of the same user: room for them. */
    if (getrlimit(RLIMIT_NPROC, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NPROC, &limit);
    }
    is_on = 1;
    return 0;
}

int
trace_is_on(void)
{
    return is_on;
}

void
trace_hold(void)
{
    if (is_on)
        raise(SIGSTOP);
}

/* Returns 1 once the child has stopped itself, 0 if it has ended instead. */
static int
is_held(pid_t pid)
{
    siginfo_t info = {.si_code = 0};

    while (waitid(P_PID, (id_t)pid, &info, WSTOPPED | WEXITED | WNOWAIT) == -1)
        if (errno != EINTR)
            return 0;
    return info.si_code == CLD_STOPPED;
}

void
trace_attach(pid_t pid, const char *name)
{
    if (!is_on || !is_held(pid))
        return;
    if (ntraces < HALVES) {
        struct trace *trace = &traces[ntraces++];
        trace->part.pid = pid;
        snprintf(trace->part.name, sizeof trace->part.name, "%.23s", name);
        trace->strace = tracer_start(pid, &trace->pipe);
    }
    kill(pid, SIGCONT);
}

void
trace_poll(struct pollfd *fds)
{
    for (int i = 0; i < HALVES; i++)
        fds[i] = (struct pollfd){i < ntraces ? traces[i].pipe : -1, POLLIN, 0};
}

static void
keep(struct trace *trace, const char *bytes, size_t size)
{
    struct trace_part *part = &trace->part;
    size_t room = TRACE_HEAD - part->head;
    size_t n = size < room ? size : room;

    memcpy(trace->head + part->head, bytes, n);
    part->head += (uint32_t)n;
    bytes += n;
    size -= n;
    if (part->tail + size > sizeof trace->tail) {
        size_t old = part->tail - TRACE_TAIL;
        for (size_t i = 0; i < old; i++)
            part->missing += trace->tail[i] == '\n';
        memmove(trace->tail, trace->tail + old, TRACE_TAIL);
        part->tail = TRACE_TAIL;
    }
    memcpy(trace->tail + part->tail, bytes, size);
    part->tail += (uint32_t)size;
}

/* Returns 1 if anything came, 0 if nothing is there now, -1 at the end. */
static int
pump_one(struct trace *trace)
{
    char block[4096];

    if (trace->pipe == -1)
        return -1;
    ssize_t n = read(trace->pipe, block, sizeof block);
    if (n > 0) {
        keep(trace, block, (size_t)n);
        return 1;
    }
    if (n == -1 && (errno == EAGAIN || errno == EINTR))
        return 0;
    close(trace->pipe);
    trace->pipe = -1;
    return -1;
}

void
trace_pump(void)
{
    enum {
        BLOCKS = 64 /* others want to be heard, too */
    };

    for (int i = 0; i < ntraces; i++)
        for (int k = 0; k < BLOCKS && pump_one(&traces[i]) == 1; k++)
            continue;
}

void
trace_signalled(pid_t pid, int number)
{
    for (int i = 0; i < ntraces; i++)
        if (traces[i].part.pid == pid && number == SIGSTOP)
            traces[i].is_stopped = 1;
        else if (traces[i].part.pid == pid && number == SIGCONT)
            traces[i].is_stopped = 0;
}

int
trace_is_stopped(pid_t pid)
{
    for (int i = 0; i < ntraces; i++)
        if (traces[i].part.pid == pid)
            return traces[i].is_stopped;
    return 0;
}

/* Nobody who is looked at, as it is hidden: does it wait for events, or has a
 * half stopped it? */
static int
tracer_rests(pid_t strace)
{
    struct proc_call call;
    uint64_t switches;
    char state;

    return proc_thread(strace, strace, &state, &switches) == 0 &&
           (state == 'T' ||
               (state == 'S' && proc_call(strace, strace, &call) == 0 &&
                   call.number == SYS_wait4));
}

/* The tracer has been told of a stop when the thread has left the processor; if
 * it waits again then, it does not let go on whom it was told of. */
int
trace_leaves_stopped(pid_t thread)
{
    pid_t tracer = proc_tracer(thread);

    if (tracer == 0 || !proc_is_off(thread))
        return 0;
    for (int i = 0; i < ntraces; i++)
        if (traces[i].strace == tracer)
            return tracer_rests(tracer);
    return 1; /* a half: how still that is will be seen */
}

int
trace_reaped(pid_t pid)
{
    for (int i = 0; i < ntraces; i++)
        if (traces[i].strace == pid) {
            traces[i].strace = 0;
            proc_unhide(pid);
            return 1;
        }
    return 0;
}

/* Our child has ended: strace has let it go, and is about to write that down.
 * It ends then, unless there are orphans. */
static void
await_end(struct trace *trace)
{
    struct pollfd fd = {trace->pipe, POLLIN, 0};

    while (trace->pipe != -1 && poll(&fd, 1, END_MS) == 1)
        if (pump_one(trace) == -1)
            return;
}

size_t
trace_give(char *answer)
{
    size_t size = 0;

    trace_pump();
    for (int i = 0; i < ntraces; i++) {
        struct trace *trace = &traces[i];
        struct proc_stat stat;
        if (proc_stat(trace->part.pid, &stat) == -1)
            await_end(trace);
        memcpy(answer + size, &trace->part, sizeof trace->part);
        size += sizeof trace->part;
        memcpy(answer + size, trace->head, trace->part.head);
        size += trace->part.head;
        memcpy(answer + size, trace->tail, trace->part.tail);
        size += trace->part.tail;
    }
    return size;
}

void
trace_forget(void)
{
    for (int i = 0; i < ntraces; i++) {
        struct trace *trace = &traces[i];
        if (trace->strace > 0) {
            kill(trace->strace, SIGKILL);
            proc_unhide(trace->strace);
        }
        if (trace->pipe != -1)
            close(trace->pipe);
        memset(trace, 0, offsetof(struct trace, head));
    }
    ntraces = 0;
}
