/*
 * privilege.c - see privilege.h
 */
#define _GNU_SOURCE /* setgroups(2), setresuid(2) and setresgid(2) */
#include "privilege.h"

#include <grp.h>
#include <sys/prctl.h>
#include <unistd.h>

int
privilege_drop(void)
{
    if (geteuid() != 0)
        return 0;
    if (setgroups(0, NULL) == -1 ||
        setresgid(UNPRIVILEGED, UNPRIVILEGED, UNPRIVILEGED) == -1 ||
        setresuid(UNPRIVILEGED, UNPRIVILEGED, UNPRIVILEGED) == -1)
        return -1;
    /* Without this our own /proc/self belongs to root, and images cannot be
     * opened anew through it. */
    return prctl(PR_SET_DUMPABLE, 1);
}
