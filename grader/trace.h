/*
 * trace.h - strace(1) beside each half: what calls it makes, and when
 *
 * Only for an item that was lost and is run once more (recording.h). The
 * tracers are children of the warden and keep its right to trace, also
 * programs that cannot be read; nothing here counts them as anybody's process.
 * What they write comes through pipes, where no half can reach it.
 */
#ifndef TRACE_H
#define TRACE_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
    TRACE_HEAD = 16384, /* bytes kept from the beginning: what was opened */
    TRACE_TAIL = 49152  /* and from the end: what happened last */
};

/* What is known of one half's trace; its text stands behind it, first head
 * bytes, then tail bytes; between them, lines are missing. */
struct trace_part {
    pid_t pid;
    char name[24]; /* of the program */
    uint32_t head;
    uint32_t tail;
    uint64_t missing; /* lines */
};

/* Traces every half that is started from now on. Returns 0, or -1 with errno
 * set if strace is not installed. */
int trace_begin(void);
int trace_is_on(void);

/* In a new half, as the last thing before it becomes its program: waits until
 * trace_attach() lets it go on. */
void trace_hold(void);

/* In the warden: waits until the half waits, attaches strace, lets the half go
 * on. If that fails the half runs untraced, and its trace stays empty. */
void trace_attach(pid_t pid, const char *name);

/* Enters the tracers' pipes into a poll set of HALVES. */
void trace_poll(struct pollfd *fds);

/* Takes what they have written, without waiting. */
void trace_pump(void);

/* The half was sent a signal: traced, a stopped one looks like one that is
 * about to go on. Is it stopped? */
void trace_signalled(pid_t pid, int number);
int trace_is_stopped(pid_t pid);

/* A traced thread has stopped: does whoever traces it leave it so? */
int trace_leaves_stopped(pid_t thread);

/* Was this ended child a tracer? */
int trace_reaped(pid_t pid);

/* Writes all traces to answer, each with its part before it; size is enough
 * for HALVES of them. Returns the number of bytes. */
size_t trace_give(char *answer);

/* Ends the tracers and forgets what they have written; the halves go on without
 * them. Whoever waits for the end of all children then meets them, too. */
void trace_forget(void);

#endif
