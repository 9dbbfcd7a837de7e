/*
 * hang.h - the proof that nothing will happen any more
 *
 * A thread sleeps for good if it waits, interruptibly, in a system call that
 * cannot end by itself: no timeout in its arguments, no timer armed. If every
 * thread of every process does so, only the grader could wake one of them.
 *
 * Why two looks prove it. A thread that slept at the first and at the second
 * look with the same number of context switches has not run in between: who
 * runs must be switched out before it can sleep again. The first look at all
 * threads ends before the second one begins; at that moment everybody slept,
 * and nobody had been woken, or he would have run or be ready to run at the
 * second look. Who had ended by the first look did nothing later; a zombie
 * that only the second look sees may have done anything in between. No clock
 * is involved, so the load of the machine does not matter.
 *
 * Windows programs wait for Wine's server, which is looked at as one more of
 * them; how long they wait at most stands in the call (halves_wait_for_time()).
 */
#ifndef HANG_H
#define HANG_H

#include <stdint.h>
#include <sys/types.h>

#include "proc.h"

enum {
    HANG_THREADS = 160
};

enum stillness {
    STILL_NOT,   /* somebody runs, or may run soon */
    STILL_TIMED, /* everybody waits, but a clock will wake at least one */
    STILL_STUCK  /* proved: nothing will happen by itself */
};

/* What a thread waits for, as far as the system call tells. */
enum wait_kind {
    WAIT_UNKNOWN, /* a call that we do not know: no proof with it */
    WAIT_TIMED,   /* a call with a timeout */
    WAIT_READ,
    WAIT_WRITE,
    WAIT_OPEN,
    WAIT_FUTEX, /* semaphores of POSIX, mutexes, pthread_join() */
    WAIT_CHILD,
    WAIT_POLL,
    WAIT_SELECT,
    WAIT_EPOLL,
    WAIT_LOCK,
    WAIT_SIGNAL,
    WAIT_SOCKET,
    WAIT_SYSV,
    WAIT_STOPPED, /* by SIGSTOP */
    WAIT_HELD,    /* by a rule of the item (control.h) */
    WAIT_KINDS
};

struct hang_thread {
    pid_t pid;
    pid_t thread;
    char state;
    uint64_t switches;
    enum wait_kind kind;
    struct proc_call call;
};

struct hang_process {
    pid_t pid;
    pid_t half;     /* that it belongs to (kin.h); 0: to none that is known */
    uint64_t burnt; /* processor time in ns (meter.h) */
};

struct hang {
    uint64_t burnt;    /* processor time of all processes so far, in ns */
    uint64_t switches; /* context switches of all threads so far */
    pid_t timed;       /* a process that a clock will wake, or 0 */
    uint64_t server;   /* context switches of Wine's server */
    uint32_t running;  /* threads that use the processor, or want to */
    pid_t odd; /* who neither runs nor waits in a call that we know, 0 */
    uint32_t threads;
    uint32_t zombies;
    uint32_t processes;
    struct hang_process process[PROC_LIMIT];
    struct hang_thread thread[HANG_THREADS];
    pid_t zombie[HANG_THREADS]; /* threads that have ended */
};

/* The timeout that a waiting thread has given to its call, in milliseconds,
 * rounded up. -1: it has none, or it stands elsewhere (in the socket, in a
 * timer, in another thread). */
int64_t hang_timeout(const struct hang_thread *thread);

/* For how long nobody will be woken by a clock, in milliseconds: what the calls
 * in which threads wait say of it, or 0 if they do not. From the same two looks
 * that have found them STILL_TIMED. */
int64_t hang_rest(const struct hang *hang);

/* Does anybody wait for nothing but time to pass? */
int hang_sleeps(const struct hang *hang);

/* Looks twice at all descendants of the calling process. A zombie counts as
 * gone: somebody else learns of its end as of any other event. */
enum stillness hang_prove(struct hang *hang);

#endif
