/*
 * plan.h - what is graded, and what came of it: the one result model
 */
#ifndef PLAN_H
#define PLAN_H

#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "build.h"
#include "labs.h"
#include "lack.h"
#include "tasks.h"
#include "walls.h"

enum {
    PLAN_LABS = 16,
    PLAN_ITEMS = 16
};

/* One program of the submission. */
struct half_plan {
    const char *program;
    struct source source;
    struct tasks tasks;
    struct build build[TARGET_BUILDS]; /* plain, and with sanitizers */
};

/* One lab of the submission. */
struct lab_plan {
    const struct lab *lab;
    struct half_plan half[LAB_PROGRAMS];
    size_t nhalves;
    struct source protocol;
    struct source lab_o[TARGET_BUILDS];
    struct sandbox_file files[SANDBOX_FILES];
    size_t nfiles;
    struct lack lack[LAB_PROGRAMS * TARGET_BUILDS]; /* what was not built */
    struct lacks lacks;                             /* the same */
    struct budget *budget;
    struct marked *marked; /* an entry for each item of the lab */
    unsigned int *proved;  /* by the first item of each half (struct trial) */
    int points;            /* won; scaled if an item was skipped */
    int skipped;           /* points of items that cannot be run here */
};

struct plan {
    const char *tree;             /* as the user has named it */
    const char *item[PLAN_ITEMS]; /* slugs, or halves, of those to run */
    size_t nitems;                /* 0: all */
    uint64_t seed;
    int workers;
    const struct walls *walls;
    int is_unwatchable; /* the probe was refused: items are skipped */
    int has_timeline;   /* timelines of lost items are wanted */
    struct source lab_h;
    int warden;
    char wine[512]; /* the template's folder (wine_template.h) */
    struct lab_plan lab[PLAN_LABS];
    size_t nlabs;
    double compile_seconds;
    double run_seconds;
    double trace_seconds;
};

/* Is that the item's slug, or the half that it marks? */
int plan_is(const struct item *item, const char *name);

/* Is this item part of the plan? */
int plan_has(const struct plan *plan, const struct item *item);

/* Is this item lost, and is it told in full: the first lost one of its half, or
 * any if is_verbose? */
int plan_tells(const struct plan *plan, const struct lab_plan *lab, size_t item,
    int is_verbose);

/* All that the item needs to run. */
struct trial plan_trial(
    const struct plan *plan, const struct lab_plan *lab, size_t item);

/* Could the half be built, as students build it? */
int half_is_built(const struct half_plan *half);

/* Is there anything to run: has a half been built? */
int lab_is_gradable(const struct lab_plan *lab);

/* When all was built: notes what was not. */
void lab_note_lacks(struct lab_plan *lab);

/* Points won and to be won: of the labs of a target, or all (NULL). */
int plan_points(const struct plan *plan, const struct target *target);
int plan_maximum(const struct plan *plan, const struct target *target);

/* Reads every source of the kit in root and every program that was built in
 * the folder build, while we may.
 * Returns 0, or -1 after it has said what is missing. */
int plan_load(struct plan *plan, const char *root, const char *build);

/* Builds, then runs the items. Returns 0, or -1 after it has said what failed:
 * then nothing in the plan is a mark. */
int plan_build(struct plan *plan);
int plan_run(struct plan *plan);

/* Runs the lost items that are told in full once more, and makes their
 * timelines. No mark changes. Without strace(1) nothing happens. Windows
 * programs have theirs from the first run. */
void plan_trace(struct plan *plan, int is_verbose);

#endif
