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

/* Opens the folder that sources are below. It may be reached by symbolic links,
 * but it must not be one itself, not even if '/' or "/." stands behind its
 * name: a student's folder could lead to another student's.
 * Returns a descriptor, or -1 with errno set (ELOOP: a link). */
int source_folder(const char *path);

/* Reads a regular file of at most SOURCE_LIMIT bytes whose path below folder
 * (a descriptor) has no symbolic link in it: who grades as root must not be
 * made to read other people's files. Fills source either way. */
void source_read(struct source *source, int folder, const char *path);

/* There are no bytes: is the submission the reason? Else it is the machine, or
 * that we may not read it. */
int source_is_wrong(const struct source *source);

/* Why there are no bytes, in words. */
const char *source_problem(const struct source *source);

#endif
