/*
 * labs.h - the table of labs
 */
#ifndef LABS_H
#define LABS_H

#include <stddef.h>

#include "diagnosis.h"
#include "rubric.h"
#include "target.h"

enum {
    LAB_PROGRAMS = 4,
    LAB_TOOLS = 4
};

/* A lab, as its rubric file describes it. */
struct lab {
    const char *name; /* "01-filemapping" */
    const struct target *target;
    const char *programs[LAB_PROGRAMS + 1]; /* halves, up to NULL */
    const char
        *tools[LAB_TOOLS + 1]; /* more that the items start: grader/wine */
    const struct item *items;
    size_t nitems;
    enum turn turn; /* what its halves use that a machine has only once */
    const struct diagnosis *mistakes; /* its own, up to an id of NULL */
};

/* All labs in order, up to NULL. */
extern const struct lab *const lab_table[];

/* Is that its number ("03", "3"), or its whole name? */
int lab_is(const struct lab *lab, const char *name);

/* The first lab of that number or name, or NULL. */
const struct lab *lab_find(const char *name);

/* The longest name among its halves, in characters. */
int lab_half_width(const struct lab *lab);

/* The points of all its items. */
int lab_points(const struct lab *lab);

#endif
