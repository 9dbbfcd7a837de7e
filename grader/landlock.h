/*
 * landlock.h - what a process may open from now on: landlock(7)
 *
 * The kernel (5.13 or later) keeps a process, and all that it starts, to the
 * files that its rules name. A process in such a domain can neither trace nor
 * read the memory of one outside.
 */
#ifndef LANDLOCK_H
#define LANDLOCK_H

#include <stddef.h>

/* What may be done with a file, or with all files below a folder. A program
 * that may not be read cannot be started: execve(2) opens it for reading. */
enum landlock_use {
    LANDLOCK_READ,   /* read it, list folders, start programs */
    LANDLOCK_CHANGE, /* read and write it, and nothing more */
    LANDLOCK_FILL,   /* the same, and make and remove files in a folder */
    LANDLOCK_ALL     /* everything */
};

struct landlock_rule {
    const char *path; /* if there is none, the rule says nothing */
    enum landlock_use use;
};

/* Both end with a path of NULL: what every program needs from the system, and
 * what a lab's program needs besides, for its IPC. */
extern const struct landlock_rule landlock_system[];
extern const struct landlock_rule landlock_shared[];

/* What the kernel can do, as landlock_create_ruleset(2) tells it; 0: nothing. */
int landlock_version(void);

enum {
    LANDLOCK_FILES = 1,  /* least version that does what its name says */
    LANDLOCK_SIGNALS = 6 /* keeps signals inside the domain */
};

/* Begins a set of rules. keeps_signals: who is in the domain can only signal
 * who is in it, too. Returns a descriptor, or -1 with errno set. */
int landlock_begin(int keeps_signals);

/* Adds rules up to the one without a path. Returns 0, or -1 with errno set. */
int landlock_add(int rules, const struct landlock_rule *list);

/* Puts the calling process into a new domain with these rules, for good. It
 * must have given up new privileges (PR_SET_NO_NEW_PRIVS).
 * Returns 0, or -1 with errno set. */
int landlock_enter(int rules);

#endif
