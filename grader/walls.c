#define _GNU_SOURCE /* unshare(2) */
/*
 * walls.c - see walls.h
 */
#include "walls.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bare.h"
#include "image.h"
#include "keeper.h"
#include "landlock.h"
#include "namespaces.h"
#include "proc.h"
#include "text.h"
#include "users.h"

/* The best ones first. */
static const struct walls table[] = {
    {WALLS_NAMESPACES, "namespaces", NULL, 0, 0, namespaces_enter,
        namespaces_leave, namespaces_run},
    {WALLS_USERS, "users",
        "Walls: a user id for every item, and Landlock; no namespaces.", 1, 0,
        users_enter, users_leave, users_run},
    {WALLS_LANDLOCK, "landlock",
        "Walls: Landlock alone, so one item at a time.", 1, 1, bare_enter,
        bare_leave, bare_run},
    {WALLS_NONE, "none", "Without a sandbox: for your own work only.", 1, 0,
        bare_enter, bare_leave, bare_run},
};

enum {
    ALL = sizeof table / sizeof table[0]
};

static const struct walls *in_use = &table[0];
static const struct walls *insisted;

const struct walls *
walls_find(const char *name)
{
    for (size_t i = 0; i < ALL; i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}

void
walls_use(enum walls_level level)
{
    for (size_t i = 0; i < ALL; i++)
        if (table[i].level == level)
            in_use = &table[i];
}

void
walls_insist(const struct walls *walls)
{
    insisted = walls;
    in_use = walls;
}

const struct walls *
walls_in_use(void)
{
    return in_use;
}

int
walls_need_keeper(void)
{
    return insisted == NULL || insisted->level == WALLS_USERS;
}

/* Runs a script that does nothing. Writes what went wrong to why. */
static int
is_possible(char *why, size_t size)
{
    char said[256] = "";
    int messages = image_new();
    int status = messages == -1
                     ? -1
                     : in_use->run("exit 0", NULL, 0, messages, messages);
    int fd = image_open(messages);
    ssize_t n = fd == -1 ? 0 : read(fd, said, sizeof said - 1);

    said[n > 0 ? n : 0] = '\0';
    said[strcspn(said, "\n")] = '\0';
    if (fd != -1)
        close(fd);
    if (messages != -1)
        close(messages);
    if (status == 0)
        return 1;
    if (in_use->level == WALLS_USERS)
        snprintf(said, sizeof said, "%.200s", users_problem());
    else if (said[0] == '\0')
        sandbox_tell_end(said, sizeof said, status);
    text_add(why, size, "%s", said);
    return 0;
}

/* As execvp(3) would look for it. */
static int
has_bwrap(void)
{
    const char *folder = getenv("PATH");
    char path[512];

    while (folder != NULL && *folder != '\0') {
        size_t n = strcspn(folder, ":");
        snprintf(path, sizeof path, "%.*s/bwrap", (int)n, folder);
        if (access(path, X_OK) == 0)
            return 1;
        folder += n + (folder[n] == ':');
    }
    return 0;
}

/* Can these walls be had? Writes why not to why. */
static int
can_have(const struct walls *walls, char *why, size_t size)
{
    in_use = walls;
    switch (walls->level) {
    case WALLS_NAMESPACES:
        if (!has_bwrap()) {
            text_add(why, size, "bubblewrap (bwrap) is not installed");
            return 0;
        }
        break;
    case WALLS_USERS:
        if (!keeper_is_there()) {
            text_add(why, size, "only root can give each item a user id");
            return 0;
        }
        break;
    case WALLS_LANDLOCK:
    case WALLS_NONE:
    case WALLS_LEVELS:
        break;
    }
    if ((walls->level == WALLS_USERS || walls->level == WALLS_LANDLOCK) &&
        landlock_version() < LANDLOCK_FILES) {
        text_add(why, size, "this kernel has no Landlock (Linux 5.13)");
        return 0;
    }
    return is_possible(why, size);
}

int
walls_choose(char *why, size_t size)
{
    why[0] = '\0';
    for (size_t i = 0; i < ALL; i++) {
        const struct walls *walls = &table[i];
        if (insisted != NULL ? walls != insisted : walls->level == WALLS_NONE)
            continue;
        text_add(why, size, "%s%s: ", *why == '\0' ? "" : "; ", walls->name);
        if (can_have(walls, why, size)) {
            if (walls->level != WALLS_USERS)
                keeper_dismiss();
            why[0] = '\0';
            return 0;
        }
    }
    in_use = insisted != NULL ? insisted : &table[0];
    return -1;
}

/* What a file of /proc/sys says, as a number; -1 if there is none. */
static int
setting(const char *name)
{
    char text[32];

    return proc_read(text, sizeof text, "sys/%s", name) > 0 ? atoi(text) : -1;
}

/* Does the system let us make a namespace with file systems of its own? */
static int
can_unshare(void)
{
    int status = -1;
    pid_t pid = fork();

    if (pid == 0)
        _exit(unshare(CLONE_NEWUSER | CLONE_NEWNS) == -1);
    return pid != -1 && waitpid(pid, &status, 0) == pid && status == 0;
}

const char *
walls_remedy(void)
{
    char why[512] = "";
    const struct walls *now = in_use;
    int is_there = can_have(&table[0], why, sizeof why);

    in_use = now;
    if (is_there)
        return "leave --walls away: namespaces can be had here";
    int is_podman = access("/run/.containerenv", F_OK) == 0;
    int is_container = is_podman || access("/.dockerenv", F_OK) == 0;

    if (!has_bwrap())
        return "install bubblewrap: type 'make setup'";
    if (setting("user/max_user_namespaces") == 0)
        return "allow user namespaces: 'sudo sysctl -w "
               "user.max_user_namespaces=10000'";
    if (setting("kernel/unprivileged_userns_clone") == 0)
        return "allow user namespaces: 'sudo sysctl -w "
               "kernel.unprivileged_userns_clone=1'";
    if (setting("kernel/apparmor_restrict_unprivileged_userns") == 1)
        return "let bwrap make namespaces: 'sudo apt-get install "
               "apparmor-profiles', and enable its bwrap-userns-restrict "
               "profile";
    if (!is_container)
        return "allow user namespaces";
    if (is_podman)
        return can_unshare()
                   ? "start the container with '--security-opt unmask=ALL'"
                   : "start the container with '--security-opt "
                     "seccomp=unconfined --security-opt unmask=ALL'";
    return can_unshare()
               ? "start the container with '--security-opt "
                 "systempaths=unconfined'"
               : "start the container with '--security-opt "
                 "seccomp=unconfined --security-opt systempaths=unconfined'";
}
