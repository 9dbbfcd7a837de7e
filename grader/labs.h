/*
 * labs.h - the table of labs
 */
#ifndef LABS_H
#define LABS_H

#include <stddef.h>

#include "diagnosis.h"
#include "rubric.h"

enum {
    LAB_PROGRAMS = 4
};

/* A lab, as its rubric file describes it. */
struct lab {
    const char *name;                       /* "01-filemapping" */
    const char *programs[LAB_PROGRAMS + 1]; /* halves, up to NULL */
    const struct item *items;
    size_t nitems;
    const struct diagnosis *mistakes; /* its own, up to an id of NULL */
};

/* All labs in order, up to NULL. */
extern const struct lab *const lab_table[];

/* The lab of a number ("03", "3") or whole name, or NULL. */
const struct lab *lab_find(const char *name);

/* The longest name among its halves, in characters. */
int lab_half_width(const struct lab *lab);

/* The points of all its items. */
int lab_points(const struct lab *lab);

#endif
