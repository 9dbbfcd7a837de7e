/*
 * skip.c - see skip.h
 */
#include "skip.h"

#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "room.h"
#include "suites.h"

static struct {
    int n;
    const char *what;
    const char *why;
} others[8];
static size_t nothers;

static int skipped;
static const char *reason;

static const char *
find_reason(void)
{
    char path[PATH_MAX];

    snprintf(path, sizeof path, "%s/solutions/01-filemapping/win32/server.exe",
        build_folder());
    if (access(path, R_OK) == -1)
        return "the kit was built without them (make check PLATFORM=all)";
    if (run_shell("sh grader/wine/template.sh >/dev/null 2>&1") != 0)
        return "Wine is not installed (make setup PLATFORM=all)";
    return NULL;
}

int
skip_win32(int n)
{
    static int is_known;

    if (!is_known)
        reason = find_reason();
    is_known = 1;
    skipped += reason != NULL ? n : 0;
    return reason != NULL;
}

void
skip_others(int n, const char *what, const char *why)
{
    if (nothers == sizeof others / sizeof others[0])
        return;
    others[nothers].n = n;
    others[nothers].what = what;
    others[nothers++].why = why;
}

void
skip_tell(void)
{
    for (size_t i = 0; i < nothers; i++)
        printf("%d tests of %s are skipped: %s\n", others[i].n, others[i].what,
            others[i].why);
    if (skipped > 0)
        printf(
            "%d tests of Windows programs are skipped: %s\n", skipped, reason);
    fflush(stdout);
}
