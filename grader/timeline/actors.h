/*
 * actors.h - the processes and threads of a timeline, and their names
 */
#ifndef ACTORS_H
#define ACTORS_H

#include <stddef.h>
#include <sys/types.h>

enum {
    ACTORS = 128
};

struct actor {
    pid_t pid;
    int half;     /* which of the traced ones it belongs to: 0, 1, ... */
    int is_first; /* it is the half itself, not a child of it */
    int is_thread;
    char name[32]; /* "server", "client 2", "server+1" */
    int children;
};

struct actors {
    struct actor actor[ACTORS];
    size_t n;
};

/* Adds a half; if there is one of that name already, it gets a number. Returns
 * NULL if there is no room. */
struct actor *actors_add(
    struct actors *actors, pid_t pid, int half, const char *name);

/* Finds a thread of the half; if it is new, it becomes a child. Returns NULL
 * if there is no room. */
struct actor *actors_find(struct actors *actors, pid_t pid, int half);

#endif
