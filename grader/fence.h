/*
 * fence.h - what keeps a half off its warden where there are no namespaces
 *
 * Of the warden's side. In namespaces, the sandbox is all there is, and nothing
 * of this does anything.
 */
#ifndef FENCE_H
#define FENCE_H

#include <sys/types.h>

/* What the warden finds around it: the second word of its command line. */
enum fence {
    FENCE_SANDBOX,  /* "namespaces": everything in there is the item's */
    FENCE_USERS,    /* "users": all that belongs to the half's id is */
    FENCE_LANDLOCK, /* "landlock": what can be traced to the item is, ... */
    FENCE_NONE      /* "none": ... as it is here */
};

/* First of all. ids: "HALF WARDEN", for FENCE_USERS: root becomes the warden,
 * for good. kit: the folder of programs; the current folder is the halves'.
 * Returns 0, or -1 with errno set. */
int fence_begin(const char *word, const char *ids, const char *kit);

enum fence fence(void);

/* Whose files are the item's, with FENCE_USERS. */
uid_t fence_user(void);

/* In a new process: takes the id of the halves. Ends it if that fails. */
void fence_become_half(void);

/* In a process that is to be a half, when it has given up new privileges:
 * closes the file systems to it. Whoever starts a reference can read it, too;
 * others cannot (has_reference). Ends it if that fails. */
void fence_close(int has_reference);

#endif
