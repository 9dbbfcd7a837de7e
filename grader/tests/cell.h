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
    char litter[128]; /* a file or a System V object that was left, or "" */
};

/* Runs it with sh(1), in the memory cgroup of its own if one can be made, with
 * System V objects, /dev/shm, /dev/mqueue and /tmp of its own if it can have
 * these, and with an end after seconds. What it leaves running is told, and
 * ended. Returns 0, or -1 if that cannot be. */
int cell_run(struct cell *cell, const char *command, unsigned int seconds);

/* Can memory be measured here? NULL, or why not. */
const char *cell_problem(void);

/* Can be seen what is left? NULL, or why not. */
const char *cell_mixture(void);

#endif
