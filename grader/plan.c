/*
 * plan.c - see plan.h
 */
#include "plan.h"

#include <stdio.h>
#include <string.h>

#include "pair.h"

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

/* Is it lost, and rather told in full than the other lost one? Of one that was
 * not reached there is nothing to tell. */
static int
is_told_before(const struct lab_plan *lab, size_t one, size_t other)
{
    int is_late = lab->marked[one].verdict.is_unreached;
    int is_other_late = lab->marked[other].verdict.is_unreached;

    return lab->marked[one].mark == MARK_LOST &&
           (is_late == is_other_late ? one < other : !is_late);
}

int
plan_tells(const struct plan *plan, const struct lab_plan *lab, size_t item,
    int is_verbose)
{
    const struct item *items = lab->lab->items;

    if (!plan_has(plan, &items[item]) || lab->marked[item].mark != MARK_LOST)
        return 0;
    for (size_t i = 0; i < lab->lab->nitems && !is_verbose; i++)
        if (strcmp(items[i].half, items[item].half) == 0 &&
            plan_has(plan, &items[i]) && is_told_before(lab, i, item))
            return 0;
    return 1;
}

int
half_is_built(const struct half_plan *half)
{
    return half->build[0].result->status == BUILD_DONE;
}

int
lab_is_gradable(const struct lab_plan *lab)
{
    for (size_t i = 0; i < lab->nhalves; i++)
        if (half_is_built(&lab->half[i]))
            return 1;
    return 0;
}

/* What students cannot build themselves is not run with sanitizers, either. */
static const char *
excuse(const struct half_plan *half, size_t build)
{
    switch (half->build[0].result->status) {
    case BUILD_MISSING:
        return "cannot be read";
    case BUILD_DONE:
        return half->build[build].result->status == BUILD_DONE
                   ? NULL
                   : "does not compile with the sanitizers";
    default:
        return "does not compile";
    }
}

void
lab_note_lacks(struct lab_plan *lab)
{
    size_t n = 0;

    for (size_t i = 0; i < lab->nhalves; i++)
        for (size_t k = 0; k < lab->lab->target->builds; k++) {
            const struct half_plan *half = &lab->half[i];
            const char *why = excuse(half, k);
            struct lack *lack = &lab->lack[n];
            if (why == NULL)
                continue;
            snprintf(lack->path, sizeof lack->path, "%s/%s",
                side_folder(k == 0 ? STUDENT : CHECKED), half->program);
            snprintf(lack->why, sizeof lack->why, "%s.c %s: see above",
                half->program, why);
            n++;
        }
    lab->lacks = (struct lacks){lab->lack, n};
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
