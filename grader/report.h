/*
 * report.h - the result model as text for people, or as JSON for programs
 */
#ifndef REPORT_H
#define REPORT_H

#include <stdio.h>

#include "plan.h"

/* For people: at most 80 columns. Shows the first lost item of each half in
 * full, or every one if is_verbose. The last line is SUM/MAX. */
void report_text(
    FILE *stream, const struct plan *plan, int is_verbose, int has_colour);

/* For programs: one JSON object (see grade.1). Returns 0, or -1. */
int report_json(FILE *stream, const struct plan *plan);

/* The marking scheme: every item with its points and, if is_verbose, the name
 * that commands call it by. */
void report_list(FILE *stream, const struct plan *plan, int is_verbose);

#endif
