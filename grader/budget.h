/*
 * budget.h - what all items of a lab may use together
 *
 * The bounds of an item (bounds.h) still let a submission whose halves spin or
 * sleep in every item take minutes. What its budget leaves undone is lost. Only
 * processor time counts, and time in which nobody ran or wanted to, two seconds
 * of a wait at most: the load of the machine spends nothing.
 */
#ifndef BUDGET_H
#define BUDGET_H

#include <stdint.h>

#include "verdict.h"

struct budget; /* in memory that all workers share */

/* Returns NULL if there is no memory. Windows programs get twice as much: Wine
 * burns ten times what the same item takes elsewhere. */
struct budget *budget_new(int has_wine);

/* Is it used up? NULL: there is none. */
int budget_is_spent(const struct budget *budget);

/* An item has ended. */
void budget_spend(struct budget *budget, const struct verdict *verdict);

/* Tells that an item was not reached. */
void budget_tell(const struct budget *budget, struct verdict *verdict);

#endif
