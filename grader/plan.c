/*
 * plan.c - see plan.h
 */
#include "plan.h"

#include <string.h>

int
plan_is(const struct item *item, const char *name)
{
    char slug[128];

    rubric_slug(slug, sizeof slug, item);
    return strcmp(slug, name) == 0 || strcmp(item->half, name) == 0;
}

int
plan_has(const struct plan *plan, const struct item *item)
{
    for (size_t i = 0; i < plan->nitems; i++)
        if (plan_is(item, plan->item[i]))
            return 1;
    return plan->nitems == 0;
}

int
plan_tells(const struct plan *plan, const struct lab_plan *lab, size_t item,
    int is_verbose)
{
    const struct item *items = lab->lab->items;

    if (!plan_has(plan, &items[item]) || lab->marked[item].mark != MARK_LOST)
        return 0;
    for (size_t i = 0; i < item && !is_verbose; i++)
        if (strcmp(items[i].half, items[item].half) == 0 &&
            plan_has(plan, &items[i]) && lab->marked[i].mark == MARK_LOST)
            return 0;
    return 1;
}

int
lab_is_gradable(const struct lab_plan *lab)
{
    for (size_t i = 0; i < lab->nhalves; i++)
        for (size_t k = 0; k < lab->lab->target->builds; k++)
            if (lab->half[i].build[k].result->status != BUILD_DONE)
                return 0;
    return 1;
}

static int
is_of(const struct lab *lab, const struct target *target)
{
    return target == NULL || lab->target == target;
}

int
plan_points(const struct plan *plan, const struct target *target)
{
    int points = 0;

    for (size_t i = 0; i < plan->nlabs; i++)
        if (is_of(plan->lab[i].lab, target))
            points += plan->lab[i].points;
    return points;
}

int
plan_maximum(const struct plan *plan, const struct target *target)
{
    int points = 0;

    for (size_t i = 0; i < plan->nlabs; i++) {
        const struct lab *lab = plan->lab[i].lab;
        for (size_t k = 0; k < lab->nitems; k++)
            if (is_of(lab, target) && plan_has(plan, &lab->items[k]))
                points += lab->items[k].points;
    }
    return points;
}
