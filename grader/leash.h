/*
 * leash.h - a child that leaves nobody behind, whenever the grader dies
 *
 * A child can ask to be ended with its parent (PR_SET_PDEATHSIG, prctl(2)), but
 * its own children must ask, too, and one that bwrap has only just made has not
 * yet: it waits for bwrap, and would wait for ever. So a process stands between
 * the grader and bwrap, to which such orphans fall, and which ends them.
 */
#ifndef LEASH_H
#define LEASH_H

#include <sys/types.h>

/* Like fork(2). The parent gets the pid of the process between, which ends as
 * the child does, after all of the child's descendants, and ends them if its
 * parent dies. If it is itself killed, they fall to the next subreaper above
 * it. */
pid_t leash_fork(void);

#endif
