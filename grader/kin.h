/*
 * kin.h - who belongs to a half
 *
 * A half begins a session of its own (setsid(2)): whoever is in it, or descends
 * from somebody who is, belongs to the half, even if the half has ended. An
 * orphan that has begun another session belongs to nobody any more.
 */
#ifndef KIN_H
#define KIN_H

#include <sys/types.h>

/* Ends a half and whoever belongs to it, or to nobody. */
void kin_end(pid_t half);

/* Ends all processes. Their parents, us among them, have yet to wait for
 * them. */
void kin_end_all(void);

#endif
