/*
 * strace_text.h - reads what "strace -f -ttt -y" writes
 *
 * A line is "PID SECONDS.MICROSECONDS call(arguments) = result". A call that
 * has not returned is cut short by the next event of another thread, and goes
 * on in a line of its own; both are joined again here. The bytes come from a
 * program that is not trusted: whatever is not printable ASCII (strace escapes
 * the rest) becomes '?', and what does not look like a line is left out.
 */
#ifndef STRACE_TEXT_H
#define STRACE_TEXT_H

#include <stddef.h>
#include <sys/types.h>

enum {
    STRACE_TEXT = 480
};

enum strace_kind {
    STRACE_CALL,
    STRACE_SIGNAL, /* text: "SIGTERM {si_signo=..." */
    STRACE_END,    /* text: "exited with 1", "killed by SIGSEGV" */
    STRACE_MISSING /* count lines are not known */
};

struct strace_event {
    enum strace_kind kind;
    pid_t pid;   /* of the thread */
    double time; /* seconds since 1970 when it began */
    int is_done; /* CALL: it has returned */
    size_t count;
    char text[STRACE_TEXT]; /* CALL: "read(3</work/x>, ""..., 5) = 0" */
};

struct strace_list {
    struct strace_event *event;
    size_t n;
    size_t room;
};

/* Adds the events of a text of size bytes, in its order. pid: whose they are
 * where no line says so. */
void strace_read(
    struct strace_list *list, pid_t pid, const char *text, size_t size);

/* Adds that count lines are missing here. */
void strace_missing(struct strace_list *list, pid_t pid, size_t count);

void strace_free(struct strace_list *list);

#endif
