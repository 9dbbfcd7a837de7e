/*
 * spelling.h - a system call as students know it
 *
 * strace shows what the C library asks of the kernel: openat(AT_FDCWD, ...)
 * for open(), futex() for sem_wait(), and much that no program has asked for,
 * such as the loader's mapping of libraries. Here the calls get the names and
 * arguments back that stand in a program, and the rest is left out: what
 * touches only memory, the system's own files, or the process itself.
 */
#ifndef SPELLING_H
#define SPELLING_H

#include <sys/types.h>

#include "strace_text.h"

enum {
    SPELLING_MAPS = 16
};

/* What was seen so far of one half and its children; all zero at first. */
struct spelling {
    struct {
        char address[24];
        char path[64];
    } map[SPELLING_MAPS];
    unsigned int nmaps;
    char temporary[64]; /* sem_open() makes a file with this name first */
};

struct spelled {
    char call[STRACE_TEXT];
    char result[96];
    pid_t child;      /* that it has started, else 0 */
    char program[24]; /* that the process has become, else "" */
};

/* Spells an event of the kind STRACE_CALL. Returns 1, or 0 if it is of no
 * interest. */
int spell(struct spelling *spelling, const struct strace_event *event,
    struct spelled *spelled);

#endif
