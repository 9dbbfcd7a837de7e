/*
 * sweep.c - see sweep.h
 */
#include "sweep.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "census_sysv.h"
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

/* Empties the folder of descriptor fd, which is closed. */
static void
empty_folder(int fd, int depth)
{
    enum {
        DEPTH = 16
    };
    DIR *dir = fdopendir(fd);

    if (dir == NULL) {
        close(fd);
        return;
    }
    struct dirent *entry;
    while ((entry = readdir(dir)) != NULL) {
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
            continue;
        if (unlinkat(dirfd(dir), name, 0) == 0 || depth == DEPTH)
            continue;
        fchmodat(dirfd(dir), name, 0700, 0);
        int inner = openat(
            dirfd(dir), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (inner != -1)
            empty_folder(inner, depth + 1);
        unlinkat(dirfd(dir), name, AT_REMOVEDIR);
    }
    closedir(dir);
}

void
sweep_folder(const char *path)
{
    chmod(path, 0755);
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (fd != -1)
        empty_folder(fd, 0);
}

static void
remove_folder(const char *path)
{
    sweep_folder(path);
    rmdir(path);
}

static void
remove_objects(const char *folder, const char *own)
{
    DIR *dir = opendir(folder);

    if (dir == NULL)
        return;
    struct dirent *entry;
    while ((entry = readdir(dir)) != NULL)
        if (strstr(entry->d_name, own) != NULL)
            unlinkat(dirfd(dir), entry->d_name, 0);
    closedir(dir);
}

void
sweep_objects(const char *own)
{
    char work[PATH_MAX];

    census_sysv_sweep();
    remove_objects("/dev/shm", own);
    remove_objects("/dev/mqueue", own);
    /* Not ".": whoever may not search it cannot give it his right back. */
    if (getcwd(work, sizeof work) != NULL)
        sweep_folder(work);
}

void
sweep_folders(const char *kit)
{
    char work[PATH_MAX];

    if (getcwd(work, sizeof work) == NULL)
        return;
    remove_folder(kit);
    remove_folder(work);
    /* The folder that holds both; not empty if it is anything else. */
    char *slash = strrchr(work, '/');
    if (slash != NULL && slash != work) {
        *slash = '\0';
        rmdir(work);
    }
}
