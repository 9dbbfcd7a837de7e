#define _GNU_SOURCE /* setgroups(2), setresuid(2) and setresgid(2) */
/*
 * fence.c - see fence.h
 */
#include "fence.h"

#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "landlock.h"

static enum fence kind;
static uid_t half;
static int rulesets[] = {-1, -1}; /* without the reference, and with it */

static const char *const words[] = {
    [FENCE_SANDBOX] = "namespaces",
    [FENCE_USERS] = "users",
    [FENCE_LANDLOCK] = "landlock",
    [FENCE_NONE] = "none",
};

enum fence
fence(void)
{
    return kind;
}

uid_t
fence_user(void)
{
    return half;
}

/* kill(2) looks at the real and the saved id of whom it is to end, and at the
 * real and the effective one of who asks: so no half can signal us, and we can
 * signal them. /proc and files go by the effective id, which is theirs. */
static int
take_ids(const char *ids)
{
    unsigned int inner;
    unsigned int outer;

    if (sscanf(ids, "%u %u", &inner, &outer) != 2 || inner == 0 || outer == 0) {
        errno = EINVAL;
        return -1;
    }
    half = inner;
    if (setgroups(0, NULL) == -1 || setresgid(inner, inner, inner) == -1 ||
        setresuid(outer, inner, outer) == -1)
        return -1;
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static int
add_folder(int rules, const char *kit, const char *name)
{
    char path[PATH_MAX];
    const struct landlock_rule rule[] = {
        {path, LANDLOCK_READ}, {NULL, LANDLOCK_READ}};

    snprintf(path, sizeof path, "%s/%s", kit, name);
    return landlock_add(rules, rule);
}

/* Returns a descriptor, or -1 with errno set. */
static int
make_rules(const char *kit, int has_reference)
{
    static const struct landlock_rule work[] = {
        {".", LANDLOCK_ALL}, {NULL, LANDLOCK_READ}};
    int new = landlock_begin(kind == FENCE_LANDLOCK);

    if (new == -1 || landlock_add(new, landlock_system) == -1 ||
        landlock_add(new, landlock_shared) == -1 ||
        landlock_add(new, work) == -1 ||
        add_folder(new, kit, "student") == -1 ||
        add_folder(new, kit, "checked") == -1 ||
        add_folder(new, kit, "short.so") == -1 ||
        (has_reference && add_folder(new, kit, "reference") == -1))
        return -1;
    return new;
}

int
fence_begin(const char *word, const char *ids, const char *kit)
{
    size_t n = sizeof words / sizeof words[0];
    size_t i = 0;

    while (i < n && strcmp(word, words[i]) != 0)
        i++;
    if (i == n) {
        errno = EINVAL;
        return -1;
    }
    kind = (enum fence)i;
    if (kind == FENCE_USERS && take_ids(ids) == -1)
        return -1;
    if (kind == FENCE_SANDBOX || kind == FENCE_NONE)
        return 0;
    for (int has_reference = 0; has_reference < 2; has_reference++) {
        rulesets[has_reference] = make_rules(kit, has_reference);
        if (rulesets[has_reference] == -1)
            return -1;
    }
    return 0;
}

void
fence_become_half(void)
{
    if (kind == FENCE_USERS && setresuid(half, half, half) == -1)
        _exit(126);
}

void
fence_close(int has_reference)
{
    if (kind == FENCE_SANDBOX || kind == FENCE_NONE)
        return;
    if (landlock_enter(rulesets[has_reference != 0]) == -1)
        _exit(126);
}
