/*
 * bounds.h - the bounds of an item: what all its processes may use together
 *
 * Limits of a process (cage.h) do not bound what forty of them take. So the
 * warden adds it up every few milliseconds while programs run. Memory is what
 * nobody else could be given: pages of their own, System V objects (attached to
 * somebody or not), files in memory, and what the buffers of sockets may hold.
 * Whoever is above a bound is ended, with all other processes of the item.
 */
#ifndef BOUNDS_H
#define BOUNDS_H

#include <stdint.h>

#include "wire.h"

enum {
    BOUNDS_PAUSE = 25 /* ms between two looks */
};

/* Before anything is started. Outside a sandbox System V objects, sockets and
 * files are the whole machine's, and not counted. */
void bounds_begin(int is_unwalled, int has_wine);

/* All processes of an item have ended, and the next item begins. */
void bounds_begin_again(void);

/* Looks, if it is time to. */
void bounds_look(void);

/* Which bound the item has come to. */
enum excess bounds_excess(void);

/* Processor time that the item's programs have used so far, in ns. Who makes far
 * more processes than anybody needs is taken to have used it between the looks,
 * too. */
uint64_t bounds_burnt(void);

#endif
