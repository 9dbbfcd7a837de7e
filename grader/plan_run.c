/*
 * plan_run.c - carries a plan out: builds, then runs the items (see plan.h)
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "jobs.h"
#include "lab.h"
#include "plan.h"
#include "probe.h"
#include "trouble.h"

struct build_list {
    struct build *build[PLAN_LABS * LAB_PROGRAMS * TARGET_BUILDS];
    size_t n;
};

static void
run_build(size_t job, void *context)
{
    build_run(((struct build_list *)context)->build[job]);
}

static int
is_trouble(const struct build *build)
{
    if (build->result->status != BUILD_TROUBLE)
        return 0;
    const char *why = build->result->messages;
    if (why[0] == '\0')
        why = "its runner has died";
    trouble("%s/%s/%s.c could not be compiled here: %.*s", build->lab,
        build->target->name, build->program, (int)strcspn(why, "\n"), why);
    return 1;
}

int
plan_build(struct plan *plan)
{
    struct build_list list = {.n = 0};
    long long began = clock_ms();
    int failed = 0;

    /* The slow ones first. */
    for (size_t kind = TARGET_BUILDS; kind-- > 0;)
        for (size_t i = 0; i < plan->nlabs; i++)
            for (size_t k = 0; k < plan->lab[i].nhalves; k++) {
                struct build *build = &plan->lab[i].half[k].build[kind];
                if (kind < plan->lab[i].lab->target->builds &&
                    build->result->status != BUILD_MISSING)
                    list.build[list.n++] = build;
            }
    if (jobs_run(list.n, plan->workers, run_build, &list) == -1)
        return trouble("cannot start a process: %s", strerror(errno));
    for (size_t i = 0; i < list.n && !failed; i++)
        failed = is_trouble(list.build[i]);
    for (size_t i = 0; i < plan->nlabs; i++)
        lab_note_lacks(&plan->lab[i]);
    plan->compile_seconds = (double)(clock_ms() - began) / 1000;
    return failed ? -1 : 0;
}

struct trial
plan_trial(const struct plan *plan, const struct lab_plan *lab, size_t i)
{
    const struct item *item = &lab->lab->items[i];
    size_t first = 0; /* of the same half */

    while (strcmp(lab->lab->items[first].half, item->half) != 0)
        first++;
    return (struct trial){.item = item,
        .target = lab->lab->target,
        .wine = lab->lab->target->has_wine ? plan->wine : NULL,
        .files = lab->files,
        .nfiles = lab->nfiles,
        .lacks = lab->lacks,
        .warden = plan->warden,
        .turn = lab->lab->turn,
        .seed = rubric_seed(plan->seed, lab->lab->name, item),
        .is_unwatchable = plan->is_unwatchable,
        .proved = &lab->proved[first],
        .has_timeline = plan->has_timeline,
        .budget = lab->budget,
        .part = first,
        .marked = &lab->marked[i]};
}

/* Items at most that share a sandbox, one after another: see rubric.c. */
enum {
    TOGETHER = 8
};

/* first[job] is the first trial of a job, first[jobs] the end. */
struct trial_list {
    struct trial *trial;
    size_t n;
    size_t *first;
    size_t jobs;
};

static void
run_trials(size_t job, void *context)
{
    const struct trial_list *list = context;

    /* The last ones of a lab, about pairs, take longest: they begin. */
    job = list->jobs - 1 - job;
    for (size_t i = list->first[job]; i < list->first[job + 1]; i++)
        rubric_run(&list->trial[i]);
    rubric_end();
}

static int
takes_turns(enum turn turn)
{
    return walls_in_use()->has_turns && turn != TURN_NONE;
}

/* A few items of the same half are a job. */
static void
make_jobs(struct trial_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct trial *last = i > 0 ? &list->trial[i - 1] : NULL;
        int is_same = last != NULL && last->files == list->trial[i].files &&
                      strcmp(last->item->half, list->trial[i].item->half) == 0;
        size_t most = list->trial[i].wine != NULL ? 1 : TOGETHER;
        /* Only one of those with a turn can run, and no worker is to wait. */
        if (takes_turns(list->trial[i].turn) && last != NULL &&
            last->files == list->trial[i].files)
            continue;
        if (!is_same || i - list->first[list->jobs - 1] == most)
            list->first[list->jobs++] = i;
    }
    list->first[list->jobs] = list->n;
}

static void
add_trials(
    const struct plan *plan, struct lab_plan *lab, struct trial_list *list)
{
    for (size_t i = 0; i < lab->lab->nitems; i++)
        if (plan_has(plan, &lab->lab->items[i]))
            list->trial[list->n++] = plan_trial(plan, lab, i);
}

/* What cannot be run here counts for nobody: the rest counts for all. */
static void
scale_points(struct lab_plan *lab, int won, int run)
{
    int maximum = run + lab->skipped;

    lab->points = run > 0 ? (won * maximum + run / 2) / run : 0;
}

static int
count_points(struct plan *plan)
{
    for (size_t i = 0; i < plan->nlabs; i++) {
        struct lab_plan *lab = &plan->lab[i];
        int won = 0;
        int run = 0;
        for (size_t k = 0; k < lab->lab->nitems; k++) {
            const struct item *item = &lab->lab->items[k];
            const struct marked *marked = &lab->marked[k];
            if (!lab_is_gradable(lab) || !plan_has(plan, item))
                continue;
            if (marked->mark == MARK_SKIPPED) {
                lab->skipped += item->points;
                continue;
            }
            if (marked->mark == MARK_NONE || marked->mark == MARK_TROUBLE) {
                const char *why = marked->verdict.why;
                return trouble("%s, \"%s %s\": no mark, the grader failed: %s",
                    lab->lab->name, item->half, item->title,
                    why[0] != '\0' ? why : "its runner has died");
            }
            run += item->points;
            won += marked->mark == MARK_WON ? item->points : 0;
        }
        scale_points(lab, won, run);
    }
    return 0;
}

static int
probe(struct plan *plan)
{
    int can_watch = probe_calls(plan->warden);

    plan->is_unwatchable = can_watch == 0;
    if (can_watch == -1)
        return trouble("nothing can be run in a sandbox here, although one can "
                       "be made: type 'make doctor'");
    return 0;
}

int
plan_run(struct plan *plan)
{
    struct trial_list list = {.n = 0};
    long long began = clock_ms();
    size_t most = 0;

    if (probe(plan) == -1)
        return -1;
    for (size_t i = 0; i < plan->nlabs; i++)
        most += plan->lab[i].lab->nitems;
    list.trial = calloc(most + 1, sizeof *list.trial);
    list.first = calloc(most + 1, sizeof *list.first);
    if (list.trial == NULL || list.first == NULL)
        return trouble("no memory for the items: %s", strerror(errno));
    /* What is one long job begins. */
    for (int is_long = 0; is_long < 2; is_long++)
        for (size_t i = 0; i < plan->nlabs; i++)
            if (lab_is_gradable(&plan->lab[i]) &&
                takes_turns(plan->lab[i].lab->turn) == is_long)
                add_trials(plan, &plan->lab[i], &list);
    make_jobs(&list);
    int result = jobs_run(list.jobs, plan->workers, run_trials, &list);
    if (result == -1)
        trouble("cannot start a process: %s", strerror(errno));
    free(list.trial);
    free(list.first);
    plan->run_seconds = (double)(clock_ms() - began) / 1000;
    return result == -1 ? -1 : count_points(plan);
}
