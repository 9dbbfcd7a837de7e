/*
 * bwrap.h - the command line of bubblewrap, bwrap(1)
 */
#ifndef BWRAP_H
#define BWRAP_H

#include <stddef.h>

#include "sandbox.h"

enum {
    BWRAP_ARGUMENTS = 256
};

/* The command line of bwrap as it grows. */
struct bwrap {
    char *argv[BWRAP_ARGUMENTS];
    size_t n;
    char text[SANDBOX_FILES][3][80]; /* what must be printed first */
};

/* Adds words, up to NULL. */
void bwrap_add(struct bwrap *command, const char *const *words);
#define BWRAP_ADD(command, ...)                                                \
    bwrap_add(command, (const char *const[]){__VA_ARGS__, NULL})

/* Adds the walls that the items and the compiler have in common. */
void bwrap_walls(struct bwrap *command);

/* Adds the files, below /kit. bwrap itself copies them from descriptors, so
 * they need not be readable under any path. Then / and /dev become read-only:
 * without that, both could be filled. */
void bwrap_files(
    struct bwrap *command, const struct sandbox_file *files, size_t n);

/* Gives the files these descriptors, just before bwrap is executed: first all
 * out of the way of each other's numbers, then each to its own.
 * Returns 0, or -1 with errno set. */
int bwrap_place(const struct sandbox_file *files, size_t n);

#endif
