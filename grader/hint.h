/*
 * hint.h - what the grader knows about a mistake, told in stages
 */
#ifndef HINT_H
#define HINT_H

#include <stdio.h>

#include "plan.h"

/* Instead of an id: all of them. */
#define HINT_LIST "list"

/* First stage: the mistake, a question that leads to it, where to read. With
 * is_verbose also the whole story and how to mend it. At most 80 columns, no
 * colour. root is the kit's folder: the title of the step is looked up in the
 * handout. Returns 0, or -1 if there is no such id; capitals or not, it is the
 * same. */
int hint_show(FILE *stream, const char *root, const char *id, int is_verbose);

/* One line that says so, and which ids are similar. */
void hint_refuse(FILE *stream, const char *id);

/* All ids, each with its one line: those of every lab, then each lab of the
 * plan with its own. */
void hint_list(FILE *stream, const struct plan *plan);

#endif
