/*
 * folder.c - see folder.h
 */
#include "folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

enum {
    ATTRIBUTES = 65536 /* the kernel lists no more */
};

static DIR *
open_folder(int at, const char *name)
{
    int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *dir = fd != -1 ? fdopendir(fd) : NULL;

    if (fd != -1 && dir == NULL)
        close(fd);
    return dir;
}

static int
is_itself(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* Whoever may not write into a folder cannot move it either. A link's target
 * would be somebody else's. */
static void
make_writable(int at, const char *name)
{
    struct stat status;

    if (fstatat(at, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISDIR(status.st_mode))
        fchmodat(at, name, 0700, 0);
}

/* Moves what is in a folder of top into top itself, under new names. Returns
 * how many there were. */
static int
raise_contents(int top, const char *name)
{
    static unsigned int number;
    DIR *dir = open_folder(top, name);
    char raised[32];
    int n = 0;

    if (dir == NULL)
        return 0;
    struct dirent *entry;
    while ((entry = readdir(dir)) != NULL) {
        if (is_itself(entry->d_name))
            continue;
        make_writable(dirfd(dir), entry->d_name);
        snprintf(raised, sizeof raised, ".raised-%u", number++);
        n += renameat(dirfd(dir), entry->d_name, top, raised) == 0;
    }
    closedir(dir);
    return n;
}

/* Folders may be nested deeper than we can have descriptors, or their names
 * together may be longer than a path: so they come up one level at a time.
 * Returns what was removed or has come up; 0: nothing is left. */
static int
empty_once(int top, int (*is_kept)(const char *))
{
    DIR *dir = open_folder(top, ".");
    int n = 0;

    if (dir == NULL)
        return 0;
    struct dirent *entry;
    while ((entry = readdir(dir)) != NULL) {
        const char *name = entry->d_name;
        if (is_itself(name) || (is_kept != NULL && is_kept(name)))
            continue;
        if (unlinkat(top, name, 0) == 0) {
            n++;
            continue;
        }
        make_writable(top, name);
        n += raise_contents(top, name);
        n += unlinkat(top, name, AT_REMOVEDIR) == 0;
    }
    closedir(dir);
    return n;
}

static void
remove_attributes(int fd)
{
    static char names[ATTRIBUTES];
    ssize_t n = flistxattr(fd, names, sizeof names);

    for (ssize_t at = 0; at < n; at += (ssize_t)strlen(names + at) + 1)
        fremovexattr(fd, names + at);
}

void
folder_renew(const char *path, mode_t mode, int (*is_kept)(const char *))
{
    /* Whoever may not search it cannot give himself the right by ".". */
    chmod(path, 0700);
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (fd == -1)
        return;
    while (empty_once(fd, is_kept) > 0)
        continue;
    remove_attributes(fd);
    fchmod(fd, mode);
    futimens(fd, NULL);
    close(fd);
}

void
folder_remove(int at, const char *name)
{
    if (unlinkat(at, name, 0) == 0)
        return;
    make_writable(at, name);
    int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd != -1) {
        while (empty_once(fd, NULL) > 0)
            continue;
        close(fd);
    }
    unlinkat(at, name, AT_REMOVEDIR);
}
