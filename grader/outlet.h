/*
 * outlet.h - where a report goes: a file, or standard output
 *
 * A report is made in memory by a grader that has given its rights away, and
 * written when it is known to be whole, by the process that still has the
 * user's. A regular file is written beside the old one, which it then replaces:
 * there is never half a report, and no link is followed to another file.
 */
#ifndef OUTLET_H
#define OUTLET_H

#include <stdio.h>

struct outlet {
    const char *path; /* as the user has named it; NULL: standard output */
    int fd;           /* what can only be written to as it is; else -1 */
    int folder;       /* that of a regular file; else -1 */
    const char *name; /* in there */
    FILE *memory;     /* what is to be written */
};

/* Nothing is changed yet. Returns 0, or -1 after it has said why nothing can
 * be written there. */
int outlet_open(struct outlet *outlet, const char *path);

int outlet_is_terminal(const struct outlet *outlet);

/* Writes all that is in memory. Returns 0, or -1 after it has said why it could
 * not be written; a file is then as it was before. */
int outlet_write(const struct outlet *outlet);

#endif
