/*
 * litter.c - see litter.h
 */
#include "litter.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proc.h"

#define FOLDER "/dev/shm/"

enum {
    LIMIT = 1024,
    NAME = 11 /* "sem.XXXXXX" */
};

struct names {
    size_t n;
    char name[LIMIT][NAME];
};

static int is_on;
static struct names others;
static struct names ours;

static int
is_litter(const char *name)
{
    return strncmp(name, "sem.", 4) == 0 && strlen(name) == NAME - 1;
}

static int
has(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->n; i++)
        if (strcmp(names->name[i], name) == 0)
            return 1;
    return 0;
}

static void
add(struct names *names, const char *name)
{
    if (names->n < LIMIT && !has(names, name))
        memcpy(names->name[names->n++], name, NAME);
}

void
litter_begin(void)
{
    DIR *dir = opendir(FOLDER);
    struct dirent *entry;

    while (dir != NULL && (entry = readdir(dir)) != NULL)
        if (is_litter(entry->d_name))
            add(&others, entry->d_name);
    if (dir != NULL)
        closedir(dir);
    is_on = dir != NULL && others.n < LIMIT;
}

/* A file that has lost its name is shown with " (deleted)" behind it. */
static void
note_path(const char *path)
{
    const char *name = path + strlen(FOLDER);

    if (strncmp(path, FOLDER, strlen(FOLDER)) == 0 && is_litter(name) &&
        !has(&others, name))
        add(&ours, name);
}

static void
note_maps(pid_t pid)
{
    static char text[1 << 16];

    if (proc_read(text, sizeof text, "%d/maps", (int)pid) <= 0)
        return;
    for (char *line = strtok(text, "\n"); line != NULL;
         line = strtok(NULL, "\n")) {
        const char *path = strstr(line, FOLDER);
        if (path != NULL)
            note_path(path);
    }
}

void
litter_note(pid_t pid)
{
    char path[128];
    int fds[PROC_LIMIT];

    if (!is_on)
        return;
    for (size_t i = 0, n = proc_fds(pid, fds, PROC_LIMIT); i < n; i++)
        if (proc_fd(pid, fds[i], path, sizeof path) == 0)
            note_path(path);
    note_maps(pid);
}

void
litter_note_all(void)
{
    static struct proc_stat stats[PROC_LIMIT];
    size_t n = is_on ? proc_descendants(stats, PROC_LIMIT) : 0;

    for (size_t i = 0; i < n; i++)
        litter_note(stats[i].pid);
}

void
litter_sweep(void)
{
    char path[32];
    struct stat status;

    for (size_t i = 0; i < ours.n; i++) {
        snprintf(path, sizeof path, FOLDER "%s", ours.name[i]);
        if (lstat(path, &status) == 0 && status.st_uid == geteuid())
            unlink(path);
    }
    ours.n = 0;
}
