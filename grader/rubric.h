/*
 * rubric.h - how a lab is marked: items, and the marks they give
 */
#ifndef RUBRIC_H
#define RUBRIC_H

#include <check.h>
#include <stddef.h>
#include <stdint.h>

#include "budget.h"
#include "lack.h"
#include "sandbox.h"
#include "target.h"
#include "timeline.h"
#include "verdict.h"

/* One row of a rubric: a Check test worth points. */
struct item {
    int points;
    const char *half;  /* whom it marks: "server", "client" or "pair" */
    int step;          /* of the handout: where to read about it */
    const char *title; /* what the half does if it is right */
    const TTest **test;
};

enum mark {
    MARK_NONE, /* not run, or its runner died */
    MARK_WON,
    MARK_LOST,
    MARK_UNBUILT, /* lost, for a program that was not built: verdict.why */
    MARK_SKIPPED, /* cannot be run on this machine: verdict.why tells why */
    MARK_TROUBLE  /* the grader or the machine failed: no mark */
};

/* What came of an item; lives in shared memory (jobs.h). */
struct marked {
    enum mark mark;
    struct verdict verdict;
    struct timeline timeline; /* of a lost item, once it was made */
};

/* All that an item needs to run. */
struct trial {
    const struct item *item;
    const struct target *target;
    const char *wine; /* folder of the template, NULL: without Wine */
    const struct sandbox_file *files; /* the programs */
    size_t nfiles;
    struct lacks lacks; /* what should be among them, but is not */
    int warden;         /* image of the warden */
    enum turn turn;     /* see struct lab */
    uint64_t seed;
    struct marked *marked;
    struct budget *budget; /* of the lab; NULL: none */
    size_t part;           /* of the budget: that of the item's half */
    int trace_seconds;  /* if not 0, makes marked->timeline within that time */
    int is_unwatchable; /* calls: known before anything of theirs has run */
    unsigned int *proved; /* shared; items of this half that rubric_control()
                           * has decided against it; NULL: nobody counts */
    int has_timeline;     /* with Wine: makes marked->timeline if it is lost */
};

/* Runs one item: a Check suite with one TCase, in a sandbox that holds nothing
 * from before. What a submission does to the sandbox or the grader loses the
 * item; it is trouble only if nothing of the submission has run, or if the
 * reference in its place fares no better. */
void rubric_run(struct trial *trial);

/* The mark of the item, in a fresh sandbox, with the references in the places
 * of the student's programs. */
enum mark rubric_control(const struct trial *trial);

/* After the last item of this process: ends the sandbox. */
void rubric_end(void);

/* The seed of an item: different for each, the same for the same run. */
uint64_t rubric_seed(uint64_t seed, const char *lab, const struct item *item);

/* "server-prints-what-the-client-writes": the name of an item in commands. */
void rubric_slug(char *slug, size_t size, const struct item *item);

#endif
