/*
 * privilege.h - giving root's rights away
 */
#ifndef PRIVILEGE_H
#define PRIVILEGE_H

/* The user and group that the grader becomes when it was started as root:
 * nobody's on purpose, so that no file and no process anywhere is theirs. */
enum {
    UNPRIVILEGED = 61000
};

/* If we are root, become UNPRIVILEGED for good. Returns 0, or -1 with errno. */
int privilege_drop(void);

#endif
