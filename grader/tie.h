/*
 * tie.h - ends with the parent, or as a child did
 */
#ifndef TIE_H
#define TIE_H

#include <sys/types.h>

/* The calling process gets the signal when its parent dies; if that has happened
 * already, it ends at once. It is tied no longer when it changes its user id
 * (prctl(2), PR_SET_PDEATHSIG). */
void tie(pid_t parent, int signal);

/* Ends the calling process with the exit status, or by the signal, that
 * waitpid(2) has told of another one. */
_Noreturn void end_as(int status);

#endif
