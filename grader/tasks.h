/*
 * tasks.h - which TASKs of a half are still empty
 */
#ifndef TASKS_H
#define TASKS_H

#include <stddef.h>

/* What a source says of its TASK comments (solutions/skeleton.awk). */
struct tasks {
    int count; /* TASK comments in it */
    int empty; /* of them, those with nothing of the student's behind them */
    int first; /* the lowest number of an empty one, 0 if there is none */
    int line;  /* where it stands */
};

/* A TASK is empty if behind its comment comes at once what stands outside all
 * fences in a skeleton: the next TASK, "/" "* Given: ...", "}" or return. */
void tasks_find(struct tasks *tasks, const char *source, size_t size);

#endif
