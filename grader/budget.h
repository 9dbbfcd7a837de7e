/*
 * budget.h - what all items of a lab may use together
 *
 * The bounds of an item (bounds.h) still let a submission whose halves spin or
 * sleep in every item take minutes. What its budget leaves undone is lost. Only
 * processor time counts, and time in which nobody ran or wanted to, two seconds
 * of a wait at most, or all of a very long one: the load of the machine spends
 * nothing.
 *
 * Each half has a part of it, a sixth, that others cannot spend: the items of a
 * right one, which needs less, are marked whatever the others do.
 */
#ifndef BUDGET_H
#define BUDGET_H

#include <stddef.h>

#include "verdict.h"

struct budget; /* in memory that all workers share */

/* Returns NULL if there is no memory. Windows programs get twice as much: Wine
 * burns ten times what the same item takes elsewhere. */
struct budget *budget_new(int has_wine, size_t parts);

/* Is it used up, and that part, too? NULL: there is none. */
int budget_is_spent(const struct budget *budget, size_t part);

/* An item of that part has ended. */
void budget_spend(
    struct budget *budget, size_t part, const struct verdict *verdict);

/* Tells that an item was not reached. */
void budget_tell(const struct budget *budget, struct verdict *verdict);

#endif
