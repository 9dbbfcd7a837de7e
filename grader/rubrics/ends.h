/*
 * ends.h - who holds which end of which pipe, on Win32
 *
 * The pipes are in Wine's server, so /proc shows nothing of them: the tool
 * "ends" (grader/wine/ends.c) looks at the processes from inside.
 */
#ifndef ENDS_H
#define ENDS_H

#include <stddef.h>
#include <stdint.h>

#include "expect.h"

enum {
    ENDS_PROCESSES = 12,
    ENDS_LIMIT = 16, /* of a process */
    ENDS_NAME = 64,
    ENDS_STREAMS = 3 /* input, output, error */
};

struct pipe_end {
    uint32_t handle;
    char mode;      /* 'r': to read from, 'w': to write to */
    uint32_t bytes; /* that wait there to be read */
    char pipe[ENDS_NAME];
};

/* A process and what it holds. */
struct holder {
    char name[24]; /* of the program, without ".exe" */
    int is_child; /* of the half's; else it is the half, or only holds an end */
    uint32_t stream[ENDS_STREAMS]; /* handles, 0: none */
    int same[ENDS_STREAMS]; /* the half's stream that this one is; -1: none */
    size_t ends;
    struct pipe_end end[ENDS_LIMIT];
};

/* Of the half, its children, and whoever else holds an end: how many. The half
 * is the first; none: it has ended. Valid until the next call. */
size_t find_holders(const struct half_view *half, const struct holder **list);

/* Was its pipe made by CreatePipe()? Such pipes have a name that Wine gives. */
int is_anonymous(const struct pipe_end *end);

/* The end that the handle stands for, or NULL. */
const struct pipe_end *find_end(const struct holder *holder, uint32_t handle);

/* The holder's end of that pipe with that mode, or NULL. */
const struct pipe_end *find_other_end(
    const struct holder *holder, const char *pipe, char mode);

#endif
