/*
 * patience.h - waits for the compiler, which must end by itself
 */
#ifndef PATIENCE_H
#define PATIENCE_H

#include <stddef.h>
#include <sys/types.h>

enum patience_end {
    PATIENCE_ENDED,
    PATIENCE_STUCK,  /* all of it waited, and nobody was left to wait for */
    PATIENCE_GREEDY, /* it took more memory, or processes, than it may have */
    PATIENCE_BURNT   /* it took more processor time */
};

/* What a child and all that descends from it may have together. */
struct patience_limits {
    size_t memory; /* bytes */
    size_t processes;
    unsigned int seconds; /* of processor time, also of those that have ended */
};

/* Waits for a child. It is killed (not its descendants) if it is stuck, or
 * greedy. A compiler waits for its own children only, so it is stuck if every
 * thread of them all sleeps, and none has done anything else for seconds: the
 * kernel's counts tell, on a busy machine, too. status is as from waitpid(2).
 * The calling process has no other children. */
enum patience_end patience_wait(
    pid_t pid, const struct patience_limits *limits, int *status);

#endif
