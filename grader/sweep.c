/*
 * sweep.c - see sweep.h
 */
#include "sweep.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "census_sysv.h"
#include "folder.h"
#include "proc.h"

/* A half may fork while it is hunted: until nobody is left. As a subreaper we
 * are the parent of all orphans. */
void
sweep_processes(void)
{
    static struct proc_stat stats[PROC_LIMIT];

    for (;;) {
        size_t n = proc_descendants(stats, PROC_LIMIT);
        if (n == 0)
            return;
        for (size_t i = 0; i < n; i++)
            kill(stats[i].pid, SIGKILL);
        for (size_t i = 0; i < n; i++)
            if (stats[i].parent == getpid())
                proc_reap(stats[i].pid, NULL, 0);
    }
}

/* Removes those whose name contains a word, or that belong to a user. */
static void
remove_objects(const char *folder, const char *own, uid_t user)
{
    DIR *dir = opendir(folder);

    if (dir == NULL)
        return;
    struct dirent *entry;
    while ((entry = readdir(dir)) != NULL) {
        struct stat status;
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
            continue;
        if (own != NULL ? strstr(name, own) != NULL
                        : fstatat(dirfd(dir), name, &status,
                              AT_SYMLINK_NOFOLLOW) == 0 &&
                              status.st_uid == user)
            folder_remove(dirfd(dir), name);
    }
    closedir(dir);
}

void
sweep_objects(const char *own)
{
    census_sysv_sweep();
    if (*own == '\0') {
        folder_renew("/dev/shm", 0755, NULL);
        folder_renew("/dev/mqueue", 01777, NULL);
    } else {
        remove_objects("/dev/shm", own, 0);
        remove_objects("/dev/mqueue", own, 0);
    }
    sweep_work();
}

void
sweep_user(uid_t user)
{
    census_sysv_choose(user);
    census_sysv_sweep();
    remove_objects("/dev/shm", NULL, user);
    remove_objects("/dev/mqueue", NULL, user);
    remove_objects("/tmp", NULL, user);
}

/* Not ".": whoever may not search it cannot give it his right back. */
void
sweep_work(void)
{
    char work[PATH_MAX];

    if (getcwd(work, sizeof work) != NULL)
        folder_renew(work, 0755, NULL);
}

void
sweep_whole(const char *folder)
{
    folder_remove(AT_FDCWD, folder);
}

void
sweep_folders(const char *kit)
{
    char work[PATH_MAX];

    if (getcwd(work, sizeof work) == NULL)
        return;
    folder_remove(AT_FDCWD, kit);
    folder_remove(AT_FDCWD, work);
    /* The folder that holds both; not empty if it is anything else. */
    char *slash = strrchr(work, '/');
    if (slash != NULL && slash != work) {
        *slash = '\0';
        rmdir(work);
    }
}

/* Does the process stand in the folder? */
static int
stands_in(pid_t pid, const char *folder)
{
    char link[32];
    char path[PATH_MAX];

    snprintf(link, sizeof link, "/proc/%d/cwd", (int)pid);
    ssize_t n = readlink(link, path, sizeof path - 1);
    path[n > 0 ? n : 0] = '\0';
    size_t length = strlen(folder);
    return strncmp(path, folder, length) == 0 &&
           (path[length] == '/' || path[length] == '\0');
}

void
sweep_standing(const char *folder)
{
    DIR *dir = opendir("/proc");

    if (dir == NULL)
        return;
    struct dirent *entry;
    while ((entry = readdir(dir)) != NULL) {
        pid_t pid = (pid_t)atoi(entry->d_name);
        if (pid > 0 && pid != getpid() && stands_in(pid, folder))
            kill(pid, SIGKILL);
    }
    closedir(dir);
}
