/*
 * target.h - a platform: how its programs are built, and what runs them
 */
#ifndef TARGET_H
#define TARGET_H

#include <stddef.h>

enum {
    TARGET_BUILDS = 2 /* plain, and with sanitizers */
};

struct target {
    const char *name;     /* "posix": the folder of its programs, too */
    const char *suffix;   /* of a program's file: "" or ".exe" */
    const char *compiler; /* the command */
    const char *flags;    /* what students type, too */
    size_t builds;        /* sanitizers are not to be had everywhere */
    const char *more[TARGET_BUILDS];   /* flags of each build */
    const char *object[TARGET_BUILDS]; /* lab.c, below the build folder */
    const char *preload;  /* library that is loaded into halves, the same */
    int has_wine;         /* programs are run by Wine */
    const char *setup;    /* what installs all that it needs */
    const char *packages; /* of Debian, for the compiler */
};

extern const struct target target_posix;
extern const struct target target_win32;

/* All of them, up to NULL. */
extern const struct target *const target_table[];

/* The target of that name, or NULL. */
const struct target *target_find(const char *name);

#endif
