/*
 * plan_trace.c - timelines of lost items (see plan.h)
 *
 * An item is run once more with the same seed, so the halves get the same
 * words and do the same; its mark is that of the first run, whatever happens.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "jobs.h"
#include "lab.h"
#include "plan.h"
#include "recording.h"
#include "wire.h"

enum {
    SECONDS = 20, /* then the repeated run is ended, without a timeline */
    ENDLESS = 2   /* the same for one that goes on and on, but with one */
};

struct retrial {
    struct trial trial;
    struct marked *marked; /* of the first run */
};

struct retrial_list {
    struct retrial *retrial;
    size_t n;
};

static void
run_retrial(size_t job, void *context)
{
    rubric_run(&((struct retrial_list *)context)->retrial[job].trial);
    rubric_end();
}

/* Is the name there as a whole word? */
static int
has_word(const char *text, const char *word)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz_";
    size_t length = strlen(word);

    for (const char *at = text; (at = strstr(at, word)) != NULL; at++)
        if ((at == text || strchr(letters, at[-1]) == NULL) &&
            (at[length] == '\0' || strchr(letters, at[length]) == NULL))
            return 1;
    return 0;
}

/* Has the student not begun with what the item marks? Then it is known why it
 * was lost. */
static int
is_untouched(const struct lab_plan *lab, size_t i)
{
    const struct item *item = &lab->lab->items[i];
    int is_pair = strcmp(item->half, "pair") == 0;

    for (size_t k = 0; k < lab->nhalves; k++) {
        const struct half_plan *half = &lab->half[k];
        if (half->tasks.empty == 0 || half->tasks.empty < half->tasks.count)
            continue;
        if (is_pair ? has_word(lab->marked[i].verdict.run, half->program)
                    : strcmp(item->half, half->program) == 0)
            return 1;
    }
    return 0;
}

/* Did somebody sleep, spin, poll or print until it was enough? */
static int
is_endless(const struct marked *marked)
{
    int outcome = marked->verdict.outcome;

    return outcome == OUTCOME_LIMIT || outcome == OUTCOME_SPINS ||
           outcome == OUTCOME_POLLS || outcome == OUTCOME_ODD ||
           outcome == OUTCOME_FLOOD ||
           strcmp(marked->verdict.id, "FLOOD1") == 0;
}

static int
is_told(const struct plan *plan, const struct lab_plan *lab, size_t i,
    int is_verbose)
{
    return plan_tells(plan, lab, i, is_verbose) &&
           lab->marked[i].verdict.started > 0 && !is_untouched(lab, i);
}

/* Of Windows programs the first run has told all; what nobody asks for is
 * forgotten. */
static void
drop_timelines(const struct plan *plan, struct lab_plan *lab, int is_verbose)
{
    for (size_t i = 0; i < lab->lab->nitems; i++)
        if (!is_told(plan, lab, i, is_verbose))
            lab->marked[i].timeline.state = TIMELINE_NONE;
}

static void
add_retrials(const struct plan *plan, const struct lab_plan *lab,
    struct retrial_list *list, int is_verbose)
{
    for (size_t i = 0; i < lab->lab->nitems; i++) {
        if (!is_told(plan, lab, i, is_verbose))
            continue;
        struct retrial *retrial = &list->retrial[list->n++];
        retrial->trial = plan_trial(plan, lab, i);
        retrial->trial.trace_seconds =
            is_endless(&lab->marked[i]) ? ENDLESS : SECONDS;
        retrial->marked = &lab->marked[i];
    }
}

/* Was it lost in the same place? Or did it go on and on, as it did before? */
static int
is_repeated(const struct marked *first, const struct marked *again)
{
    if (again->mark == MARK_LOST)
        return strcmp(first->verdict.expected, again->verdict.expected) == 0;
    return is_endless(first);
}

static void
take(const struct retrial *retrial)
{
    const struct marked *again = retrial->trial.marked;

    if (again->mark == MARK_WON)
        retrial->marked->timeline.state = TIMELINE_WON;
    else if (is_repeated(retrial->marked, again))
        retrial->marked->timeline = again->timeline;
}

void
plan_trace(struct plan *plan, int is_verbose)
{
    struct retrial_list list = {NULL, 0};
    long long began = clock_ms();
    size_t most = 0;

    for (size_t i = 0; i < plan->nlabs; i++)
        most += plan->lab[i].lab->nitems;
    list.retrial = calloc(most + 1, sizeof *list.retrial);
    if (list.retrial == NULL || !recording_is_possible())
        most = 0;
    for (size_t i = 0; i < plan->nlabs; i++)
        if (plan->lab[i].lab->target->has_wine)
            drop_timelines(plan, &plan->lab[i], is_verbose);
        else if (most > 0 && lab_is_gradable(&plan->lab[i]))
            add_retrials(plan, &plan->lab[i], &list, is_verbose);
    struct marked *again =
        list.n > 0 ? jobs_share(list.n * sizeof *again) : NULL;
    for (size_t i = 0; i < list.n && again != NULL; i++)
        list.retrial[i].trial.marked = &again[i];
    if (again != NULL &&
        jobs_run(list.n, plan->workers, run_retrial, &list) == 0)
        for (size_t i = 0; i < list.n; i++)
            take(&list.retrial[i]);
    free(list.retrial);
    plan->trace_seconds = (double)(clock_ms() - began) / 1000;
}
