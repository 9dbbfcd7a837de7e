/*
 * guard.h - the root process of one item: what only root can do for it
 *
 * It takes a place with two user ids, makes the item's folder, starts the warden
 * (or a script) and waits until the lease is closed. Then it ends whatever runs
 * with the ids, and removes whatever belongs to them.
 */
#ifndef GUARD_H
#define GUARD_H

#include <stddef.h>

#include "keeper.h"

/* Where the places of all graders of the machine are. */
#define GUARD_PLACES "/run/ipc-lab-kit"

/* Is that an order which can be carried out, with n descriptors? */
int guard_is_sound(const struct keeper_order *order, size_t n);

/* Carries the order out, from beginning to end. fds[0] is the lease. */
_Noreturn void guard(const struct keeper_order *order, const int *fds,
    int warden, unsigned int first_id);

/* Removes what guards that were killed have left. */
void guard_clean_up(unsigned int first_id);

#endif
