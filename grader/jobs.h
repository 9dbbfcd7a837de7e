/*
 * jobs.h - several workers that take jobs until none is left
 */
#ifndef JOBS_H
#define JOBS_H

#include <stddef.h>

/* Memory that worker processes share with us, zeroed. Never freed: it lives as
 * long as the grader. Returns NULL if there is none. */
void *jobs_share(size_t size);

/* Runs job 0, 1, ... count - 1 in processes of their own, workers at a time,
 * and waits for all. A job tells its result through shared memory; a worker
 * that dies leaves its job without one. A worker dies with the grader, and
 * ends whatever its jobs have left running.
 * Returns 0, or -1 if no worker could be started. */
int jobs_run(size_t count, int workers, void (*run)(size_t job, void *context),
    void *context);

#endif
