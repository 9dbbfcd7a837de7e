/*
 * handover.h - a descriptor that a child makes and its parent takes
 *
 * For the listener of a seccomp filter: only who installs the filter gets it.
 * The message passes the filter itself, on a descriptor that no half can have.
 */
#ifndef HANDOVER_H
#define HANDOVER_H

#include <sys/types.h>

/* In the parent, before the fork(). Returns 0, or -1 with errno set. */
int handover_prepare(void);

/* In the child, before it does what leaves it no other call: opens its end, a
 * descriptor from CAGE_DESCRIPTORS on. Ends the process if it cannot. */
void handover_open(void);

/* In the child: gives the descriptor, or with -1 the reason why there is none.
 * Makes one call, sendmsg(2). Ends the process if it cannot. */
void handover_give(int fd, int error);

/* In the parent, behind the fork(), once in any case (pid -1: it failed):
 * waits for the descriptor. Returns it, or -1 with errno set: the reason that
 * the child gave, or ECHILD: it has ended before, or was stopped by somebody,
 * and then ended by us. */
int handover_take(pid_t pid);

#endif
