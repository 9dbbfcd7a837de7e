/*
 * budget.c - see budget.h
 */
#include "budget.h"

#include <stdatomic.h>
#include <stdio.h>

#include "jobs.h"

enum {
    BURNT_SECONDS = 12, /* the dearest wrong program of the tests needs 8 */
    SLEPT_SECONDS = 36,
    PARTS = 6 /* of the budget, that one half has for itself */
};

struct account {
    atomic_uint_least64_t burnt; /* ns */
    atomic_uint_least64_t slept; /* ms */
};

struct budget {
    int times; /* how often these seconds */
    struct account whole;
    struct account part[];
};

struct budget *
budget_new(int has_wine, size_t parts)
{
    struct budget *budget =
        jobs_share(sizeof *budget + parts * sizeof budget->part[0]);

    if (budget != NULL)
        budget->times = has_wine ? 2 : 1;
    return budget;
}

static uint64_t
seconds_of(const struct budget *budget, int seconds)
{
    return (uint64_t)budget->times * (uint64_t)seconds;
}

/* Has it more than what the budget has, divided by that? */
static int
is_over(const struct budget *budget, const struct account *account, int divisor)
{
    uint64_t by = (uint64_t)divisor;

    return atomic_load(&account->burnt) >
               seconds_of(budget, BURNT_SECONDS) * 1000000000 / by ||
           atomic_load(&account->slept) >
               seconds_of(budget, SLEPT_SECONDS) * 1000 / by;
}

int
budget_is_spent(const struct budget *budget, size_t part)
{
    return budget != NULL && is_over(budget, &budget->whole, 1) &&
           is_over(budget, &budget->part[part], PARTS);
}

static void
spend(struct account *account, const struct verdict *verdict)
{
    atomic_fetch_add(&account->burnt, verdict->burnt);
    atomic_fetch_add(&account->slept, verdict->slept);
}

void
budget_spend(struct budget *budget, size_t part, const struct verdict *verdict)
{
    if (budget == NULL)
        return;
    spend(&budget->whole, verdict);
    spend(&budget->part[part], verdict);
}

void
budget_tell(const struct budget *budget, struct verdict *verdict)
{
    verdict->is_unreached = 1;
    snprintf(verdict->expected, sizeof verdict->expected,
        "all items of the lab together take less than %d s of processor time, "
        "and wait less than %d s for clocks",
        (int)seconds_of(budget, BURNT_SECONDS),
        (int)seconds_of(budget, SLEPT_SECONDS));
    snprintf(verdict->got, sizeof verdict->got, "more");
    snprintf(verdict->why, sizeof verdict->why,
        "not reached: the items before it have used up the time of the lab; "
        "look at those first");
}
