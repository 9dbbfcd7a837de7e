/*
 * hang.c - see hang.h
 */
#include "hang.h"

#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "census_socket.h"
#include "control.h"
#include "halves.h"
#include "kin.h"
#include "meter.h"
#include "trace.h"
#include "wine.h"

/* How to read the arguments of a call that can block. */
struct blocking_call {
    long number;
    enum wait_kind kind;
    int timeout;         /* which argument is a timeout; -1: none */
    int is_milliseconds; /* a number, negative for ever; else a pointer */
};

static const struct blocking_call blocking_calls[] = {
    {SYS_read, WAIT_READ, -1, 0},
    {SYS_readv, WAIT_READ, -1, 0},
    {SYS_pread64, WAIT_READ, -1, 0},
    {SYS_write, WAIT_WRITE, -1, 0},
    {SYS_writev, WAIT_WRITE, -1, 0},
    {SYS_pwrite64, WAIT_WRITE, -1, 0},
    {SYS_splice, WAIT_READ, -1, 0},
    {SYS_sendfile, WAIT_READ, -1, 0},
    {SYS_openat, WAIT_OPEN, -1, 0},
    {SYS_futex, WAIT_FUTEX, 3, 0},
    {SYS_wait4, WAIT_CHILD, -1, 0},
    {SYS_waitid, WAIT_CHILD, -1, 0},
    {SYS_ppoll, WAIT_POLL, 2, 0},
    {SYS_pselect6, WAIT_SELECT, 4, 0},
    {SYS_epoll_pwait, WAIT_EPOLL, 3, 1},
    {SYS_flock, WAIT_LOCK, -1, 0},
    {SYS_fcntl, WAIT_LOCK, -1, 0},
    {SYS_rt_sigsuspend, WAIT_SIGNAL, -1, 0},
    {SYS_rt_sigtimedwait, WAIT_SIGNAL, 2, 0},
    {SYS_accept, WAIT_SOCKET, -1, 0},
    {SYS_accept4, WAIT_SOCKET, -1, 0},
    {SYS_connect, WAIT_SOCKET, -1, 0},
    {SYS_recvfrom, WAIT_READ, -1, 0},
    {SYS_recvmsg, WAIT_READ, -1, 0},
    {SYS_sendto, WAIT_WRITE, -1, 0},
    {SYS_sendmsg, WAIT_WRITE, -1, 0},
    {SYS_semtimedop, WAIT_SYSV, 3, 0},
    {SYS_msgsnd, WAIT_SYSV, -1, 0},
    {SYS_msgrcv, WAIT_SYSV, -1, 0},
    {SYS_mq_timedsend, WAIT_SYSV, 4, 0},
    {SYS_mq_timedreceive, WAIT_SYSV, 4, 0},
#ifdef SYS_open /* arm64 has only the newer calls */
    {SYS_open, WAIT_OPEN, -1, 0},
    {SYS_poll, WAIT_POLL, 2, 1},
    {SYS_select, WAIT_SELECT, 4, 0},
    {SYS_epoll_wait, WAIT_EPOLL, 3, 1},
    {SYS_pause, WAIT_SIGNAL, -1, 0},
#endif
    {SYS_semop, WAIT_SYSV, -1, 0},
    {SYS_nanosleep, WAIT_TIMED, -1, 0},
    {SYS_clock_nanosleep, WAIT_TIMED, -1, 0},
    /* What goes on after a signal is always a wait with a timeout. */
    {SYS_restart_syscall, WAIT_TIMED, -1, 0},
};

static const struct blocking_call *
find_call(const struct proc_call *call)
{
    size_t n = sizeof blocking_calls / sizeof blocking_calls[0];

    for (size_t i = 0; i < n; i++)
        if (blocking_calls[i].number == call->number)
            return &blocking_calls[i];
    return NULL;
}

static enum wait_kind
classify(const struct proc_call *call)
{
    const struct blocking_call *known = find_call(call);

    if (known == NULL)
        return WAIT_UNKNOWN;
    if (known->timeout == -1)
        return known->kind;
    uint64_t timeout = call->argument[known->timeout];
    int is_endless =
        known->is_milliseconds ? (int32_t)timeout < 0 : timeout == 0;
    return is_endless ? known->kind : WAIT_TIMED;
}

int64_t
hang_timeout(const struct hang_thread *thread)
{
    const struct blocking_call *known = find_call(&thread->call);
    struct timespec time;

    if (thread->kind != WAIT_TIMED || known == NULL || known->timeout == -1)
        return -1;
    uint64_t timeout = thread->call.argument[known->timeout];
    if (known->is_milliseconds)
        return (int32_t)timeout;
    /* futex(2) and mq_timedreceive(2) take a moment, not a duration. */
    if (known->kind != WAIT_POLL && known->kind != WAIT_SELECT)
        return -1;
    if (proc_memory(thread->pid, timeout, &time, sizeof time) !=
        (ssize_t)sizeof time)
        return -1;
    return (int64_t)time.tv_sec * 1000 + (time.tv_nsec + 999999) / 1000000;
}

int
hang_sleeps(const struct hang *hang)
{
    for (uint32_t i = 0; i < hang->threads; i++)
        if (hang->thread[i].kind == WAIT_TIMED &&
            (hang->thread[i].call.number == SYS_nanosleep ||
                hang->thread[i].call.number == SYS_clock_nanosleep))
            return 1;
    return 0;
}

/* A socket's calls have their timeouts in the socket. */
static int
is_timed_socket(pid_t pid, const struct hang_thread *thread)
{
    struct census_socket socket;

    if (thread->kind != WAIT_READ && thread->kind != WAIT_WRITE &&
        thread->kind != WAIT_SOCKET)
        return 0;
    return census_socket(pid, (int)thread->call.argument[0], &socket) == 0 &&
           socket.has_timeout;
}

/* Its parent has not been told yet, which is not so with a zombie that has
 * threads left: nobody can be told of that. */
static int
is_end_pending(pid_t pid)
{
    pid_t threads[2];

    return proc_threads(pid, threads, 2) == 1 && proc_tracer(pid) != 0;
}

/* Notes one thread. Returns how still it is. */
static enum stillness
look_at_thread(struct hang *hang, pid_t pid, pid_t id)
{
    struct hang_thread *thread = &hang->thread[hang->threads];

    hang->running++; /* until it is known better */
    if (hang->threads == HANG_THREADS || hang->zombies == HANG_THREADS)
        return STILL_NOT;
    thread->pid = pid;
    thread->thread = id;
    thread->kind = WAIT_UNKNOWN;
    if (proc_thread(pid, id, &thread->state, &thread->switches) == -1)
        return STILL_NOT;
    hang->running -= thread->state != 'R';
    if (thread->state == 'Z') { /* it has ended; 'X' is about to tell that */
        hang->zombie[hang->zombies++] = id;
        return is_end_pending(pid) ? STILL_NOT : STILL_STUCK;
    }
    hang->threads++;
    hang->switches += thread->switches;
    if (thread->state == 'T' ||
        (thread->state == 't' &&
            (trace_is_stopped(pid) || trace_leaves_stopped(id)))) {
        thread->kind = WAIT_STOPPED;
        return STILL_STUCK;
    }
    if (thread->state == 'S' && control_holds(id)) {
        thread->kind = WAIT_HELD;
        return STILL_STUCK;
    }
    if (thread->state == 'S' && proc_call(pid, id, &thread->call) == 0)
        thread->kind = classify(&thread->call);
    if (thread->kind == WAIT_UNKNOWN) {
        hang->odd = pid;
        return STILL_NOT;
    }
    if (thread->kind != WAIT_TIMED)
        return STILL_STUCK;
    if (hang_timeout(thread) == 0) /* it looks, and does not wait */
        return STILL_NOT;
    hang->timed = pid;
    return STILL_TIMED;
}

static enum stillness
look(struct hang *hang)
{
    static struct proc_stat stats[PROC_LIMIT];
    pid_t threads[PROC_LIMIT];
    enum stillness result = STILL_STUCK;

    memset(hang, 0, offsetof(struct hang, process));
    if (!wine_rests(&hang->server)) {
        hang->running++;
        result = STILL_NOT;
    }
    hang->processes = (uint32_t)proc_descendants(stats, PROC_LIMIT);
    hang->burnt = meter(stats, hang->processes);
    for (uint32_t i = 0; i < hang->processes; i++) {
        hang->process[i] = (struct hang_process){.pid = stats[i].pid,
            .half = kin_half(stats, hang->processes, &stats[i]),
            .burnt = meter_of(stats[i].pid)};
        /* A zombie, too: only its first thread may have ended. */
        size_t n = proc_threads(stats[i].pid, threads, PROC_LIMIT);
        if (n == 0)
            result = STILL_NOT;
        for (size_t t = 0; t < n; t++) {
            enum stillness one = look_at_thread(hang, stats[i].pid, threads[t]);
            if (one < result)
                result = one;
        }
    }
    return result;
}

static int
is_same(const struct hang *a, const struct hang *b)
{
    if (a->threads != b->threads || a->zombies != b->zombies ||
        a->server != b->server)
        return 0;
    for (uint32_t i = 0; i < a->zombies; i++)
        if (a->zombie[i] != b->zombie[i])
            return 0; /* it was not yet at its end between the looks */
    for (uint32_t i = 0; i < a->threads; i++)
        if (a->thread[i].thread != b->thread[i].thread ||
            a->thread[i].switches != b->thread[i].switches)
            return 0;
    return 1;
}

/* A zombie is seen in /proc a moment before its parent is told, so a parent may
 * still look asleep. waitid(2) waits for the lock under which both happen:
 * after it, whoever was to be woken by a zombie of the first look is awake.
 * Returns 1 if one of our own children has ended and was not reaped yet. */
static int
has_news(void)
{
    siginfo_t info = {.si_pid = 0};

    return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid != 0;
}

/* Only the halves: of the system's programs that they start, or become, sort(1)
 * catches SIGALRM without ever setting an alarm. */
static int
may_be_alarmed(pid_t pid)
{
    char link[32];
    char path[64] = "";

    if (!proc_catches(pid, SIGALRM))
        return 0;
    snprintf(link, sizeof link, "/proc/%d/exe", (int)pid);
    return readlink(link, path, sizeof path - 1) > 0 &&
           strncmp(path, "/usr/", 5) != 0 && strncmp(path, "/bin/", 5) != 0;
}

/* May a clock wake the thread, although its call has no timeout? What is the
 * whole process's is told of its first one. */
static int
has_clock(const struct hang *hang, uint32_t i)
{
    const struct hang_thread *thread = &hang->thread[i];
    int is_first = i == 0 || hang->thread[i - 1].pid != thread->pid;

    return is_timed_socket(thread->pid, thread) ||
           (is_first &&
               (proc_has_timer(thread->pid) || may_be_alarmed(thread->pid) ||
                   halves_wait_for_time(thread->pid)));
}

static int
find_clock(struct hang *hang)
{
    for (uint32_t i = 0; i < hang->threads; i++) {
        struct hang_thread *thread = &hang->thread[i];
        if (!has_clock(hang, i))
            continue;
        if (is_timed_socket(thread->pid, thread))
            thread->kind = WAIT_TIMED;
        hang->timed = thread->pid;
        return 1;
    }
    return 0;
}

/* What is left of a sleep, rounded up; if its call says only how long it is,
 * that. 0: it is none, or not known. */
static int64_t
rest_of_sleep(const struct hang_thread *thread)
{
    const struct proc_call *call = &thread->call;
    uint64_t address = call->argument[call->number == SYS_nanosleep ? 0 : 2];
    struct timespec now = {0};
    struct timespec time;

    if ((call->number != SYS_nanosleep &&
            call->number != SYS_clock_nanosleep) ||
        proc_memory(thread->pid, address, &time, sizeof time) !=
            (ssize_t)sizeof time)
        return 0;
    if (call->number == SYS_clock_nanosleep &&
        (call->argument[1] & TIMER_ABSTIME) != 0 &&
        clock_gettime((clockid_t)call->argument[0], &now) == -1)
        return 0;
    if (time.tv_sec < now.tv_sec)
        return 0;
    time_t seconds = time.tv_sec - now.tv_sec;
    if (seconds > INT32_MAX)
        return INT32_MAX;
    return (int64_t)seconds * 1000 +
           (time.tv_nsec - now.tv_nsec + 999999) / 1000000;
}

int64_t
hang_rest(const struct hang *hang)
{
    int64_t rest = INT64_MAX;

    for (uint32_t i = 0; i < hang->threads; i++) {
        const struct hang_thread *thread = &hang->thread[i];
        int64_t own = hang_timeout(thread);
        if (has_clock(hang, i))
            return 0;
        if (thread->kind != WAIT_TIMED)
            continue;
        if (own <= 0)
            own = rest_of_sleep(thread);
        if (own < rest)
            rest = own;
    }
    return rest;
}

enum stillness
hang_prove(struct hang *hang)
{
    static struct hang first;
    enum stillness result = look(&first);

    if (result == STILL_NOT || has_news()) {
        memcpy(hang, &first, sizeof first);
        return STILL_NOT;
    }
    result = look(hang);
    if (!is_same(&first, hang))
        return STILL_NOT;
    if (result == STILL_STUCK && find_clock(hang))
        result = STILL_TIMED;
    return result;
}
