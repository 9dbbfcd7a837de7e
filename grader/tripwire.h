/*
 * tripwire.h - ends a half at a chosen system call (ptrace(2))
 *
 * A process that is killed as it enters a call has done all that comes before
 * it, and nothing after: no luck is needed to catch it there.
 */
#ifndef TRIPWIRE_H
#define TRIPWIRE_H

#include <stdint.h>
#include <sys/types.h>

struct tripwire {
    uint64_t left; /* calls until the end; 0: not set */
};

/* The process will end as it enters its count-th semop() from now on; it sits
 * still. Returns 0, or -1 with errno set. */
int tripwire_set(struct tripwire *tripwire, pid_t pid, uint64_t count);

/* waitpid() told that the process has stopped: lets it go on, or ends it.
 * tripwire: NULL for a process that has none. */
void tripwire_stopped(struct tripwire *tripwire, pid_t pid, int status);

#endif
