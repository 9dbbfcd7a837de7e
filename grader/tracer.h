/*
 * tracer.h - starts strace(1)
 */
#ifndef TRACER_H
#define TRACER_H

#include <sys/types.h>

/* Is strace installed? */
int tracer_is_there(void);

/* Attaches strace to a process that is stopped, and waits until it is attached;
 * if it cannot be, it is ended. It is hidden by proc_hide(). output becomes a
 * pipe that is read without waiting: what strace writes; -1 if there is none.
 * Returns the tracer's process, or -1. */
pid_t tracer_start(pid_t whom, int *output);

#endif
