/*
 * cell.h - runs a command and measures what it, and all that it starts, uses
 */
#ifndef CELL_H
#define CELL_H

#include <stddef.h>

struct cell {
    int status;       /* exit status; -1: ended by a signal, or by the limit */
    double wall;      /* seconds */
    double processor; /* seconds of all that were waited for */
    long memory;      /* bytes at most, of all; -1: unknown */
    size_t left;      /* processes that were still there at the end */
    char who[32];     /* one of them */
};

/* Runs it with sh(1), in the memory cgroup of its own if one can be made, and
 * with an end after seconds. What it leaves running is told, and ended.
 * Returns 0, or -1 if that cannot be. */
int cell_run(struct cell *cell, const char *command, unsigned int seconds);

/* Can memory be measured here? Else why not. */
const char *cell_problem(void);

#endif
