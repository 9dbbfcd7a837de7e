/*
 * kin.h - who belongs to a half
 *
 * A half begins a session of its own (setsid(2)): whoever is in it, or descends
 * from somebody who is, belongs to the half, even if the half has ended. An
 * orphan that has begun another session belongs to nobody any more.
 */
#ifndef KIN_H
#define KIN_H

#include <stddef.h>
#include <sys/types.h>

#include "proc.h"

/* The half that a process of the list of all belongs to, or 0. */
pid_t kin_half(
    const struct proc_stat *stats, size_t n, const struct proc_stat *one);

/* Ends a half and whoever belongs to it, or to nobody. */
void kin_end(pid_t half);

/* Ends all processes. Their parents, us among them, have yet to wait for
 * them. */
void kin_end_all(void);

#endif
