/*
 * build.h - from a student's source to a program, in a sandbox
 */
#ifndef BUILD_H
#define BUILD_H

#include "source.h"
#include "target.h"

enum build_status {
    BUILD_TROUBLE, /* the grader or the machine failed */
    BUILD_DONE,
    BUILD_REFUSED, /* the compiler said no: the work cannot be graded */
    BUILD_MISSING  /* there is no source */
};

enum {
    MESSAGES_LIMIT = 16384
};

struct build {
    const char *lab; /* "01-filemapping" */
    const struct target *target;
    const char *program; /* "server" */
    int is_checked;      /* with AddressSanitizer and UBSan */
    const struct source *source;
    const struct source *protocol; /* protocol.h and lab.h: the kit's, never */
    const struct source *lab_h;    /* the submission's */
    const struct source *lab_o;    /* lab.c, compiled with the same flags */
    int image;                     /* of the program, image.h */
    struct build_result {
        enum build_status status;
        int is_cached;
        char messages[MESSAGES_LIMIT]; /* of the compiler */
    } * result;                        /* in shared memory (jobs.h) */
};

/* Builds, or finds in the cache (cache.h); fills image and result. A source
 * that is too much for the compiler is refused like one with a mistake; it is
 * trouble only if a source without one cannot be compiled either. messages then
 * tell why. */
void build_run(struct build *build);

#endif
