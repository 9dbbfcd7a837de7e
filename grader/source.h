/*
 * source.h - a file of a submission, in memory
 */
#ifndef SOURCE_H
#define SOURCE_H

#include <stddef.h>

enum {
    SOURCE_LIMIT = 1 << 20
}; /* bytes */

/* A file in memory. */
struct source {
    char *bytes; /* NULL: could not be read */
    size_t size;
    int error; /* errno, if there are no bytes */
};

/* Reads a regular file of at most SOURCE_LIMIT bytes whose path below folder
 * (a descriptor) has no symbolic link in it: who grades as root must not be
 * made to read other people's files. Fills source either way. */
void source_read(struct source *source, int folder, const char *path);

/* Why there are no bytes, in words. */
const char *source_problem(const struct source *source);

#endif
