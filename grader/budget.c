/*
 * budget.c - see budget.h
 */
#include "budget.h"

#include <stdatomic.h>
#include <stdio.h>

#include "jobs.h"

enum {
    BURNT_SECONDS = 12, /* the dearest wrong program of the tests needs 8 */
    SLEPT_SECONDS = 36
};

struct budget {
    int times;                   /* how often these seconds */
    atomic_uint_least64_t burnt; /* ns */
    atomic_uint_least64_t slept; /* ms */
};

struct budget *
budget_new(int has_wine)
{
    struct budget *budget = jobs_share(sizeof *budget);

    if (budget != NULL)
        budget->times = has_wine ? 2 : 1;
    return budget;
}

static uint64_t
seconds_of(const struct budget *budget, int seconds)
{
    return (uint64_t)budget->times * (uint64_t)seconds;
}

int
budget_is_spent(const struct budget *budget)
{
    return budget != NULL &&
           (atomic_load(&budget->burnt) >
                   seconds_of(budget, BURNT_SECONDS) * 1000000000 ||
               atomic_load(&budget->slept) >
                   seconds_of(budget, SLEPT_SECONDS) * 1000);
}

void
budget_spend(struct budget *budget, const struct verdict *verdict)
{
    if (budget == NULL)
        return;
    atomic_fetch_add(&budget->burnt, verdict->burnt);
    atomic_fetch_add(&budget->slept, verdict->slept);
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
