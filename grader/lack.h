/*
 * lack.h - programs of the submission that could not be built
 */
#ifndef LACK_H
#define LACK_H

#include <stddef.h>

/* One of them, and what an item that needs it says about it. */
struct lack {
    char path[64]; /* "student/client", as in a sandbox */
    char why[120]; /* "client.c does not compile: see above" */
};

struct lacks {
    const struct lack *lack;
    size_t n;
};

/* The one of that path, or NULL if it was built. */
const struct lack *lack_find(const struct lacks *lacks, const char *path);

#endif
