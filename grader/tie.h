/*
 * tie.h - ends with the parent
 */
#ifndef TIE_H
#define TIE_H

#include <sys/types.h>

/* The calling process gets the signal when its parent dies; if that has happened
 * already, it ends at once. It is tied no longer when it changes its user id
 * (prctl(2), PR_SET_PDEATHSIG). */
void tie(pid_t parent, int signal);

#endif
