/*
 * source.c - see source.h
 */
#define _GNU_SOURCE /* O_PATH: a folder may be searched, but not listed */
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"

/* Opens one name. With O_DIRECTORY the kernel says of a link only that it is no
 * folder. Returns a descriptor, or -1 with errno set (ELOOP: a link). */
static int
open_name(int folder, const char *name, int flags)
{
    struct stat status;
    int fd = openat(folder, name, flags | O_NOFOLLOW | O_CLOEXEC);

    if (fd == -1 && errno == ENOTDIR) {
        int is_link =
            fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISLNK(status.st_mode);
        errno = is_link ? ELOOP : ENOTDIR;
    }
    return fd;
}

int
source_folder(const char *path)
{
    char name[PATH_MAX];
    size_t length = strlen(path);

    while (
        length > 1 && (path[length - 1] == '/' ||
                          (path[length - 1] == '.' && path[length - 2] == '/')))
        length--;
    if (length >= sizeof name) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(name, path, length);
    name[length] = '\0';
    return open_name(AT_FDCWD, name, O_PATH | O_DIRECTORY);
}

/* Opens path below folder, one name at a time. Returns it, or -1. */
static int
open_below(int folder, const char *path)
{
    char name[NAME_MAX + 1];
    int fd = fcntl(folder, F_DUPFD_CLOEXEC, 0);

    for (const char *next = path; fd != -1 && *next != '\0';) {
        size_t n = strcspn(next, "/");
        snprintf(name, sizeof name, "%.*s", (int)n, next);
        next += n;
        int inner = open_name(fd, name,
            *next == '/' ? O_PATH | O_DIRECTORY : O_RDONLY | O_NONBLOCK);
        int error = errno;
        close(fd);
        errno = error;
        fd = inner;
        next += strspn(next, "/");
    }
    return fd;
}

/* Returns 0, or what is wrong. It may grow while it is read. */
static int
read_file(struct source *source, int fd)
{
    struct stat status;

    if (fstat(fd, &status) == -1)
        return errno;
    if (!S_ISREG(status.st_mode))
        return EINVAL;
    source->bytes = malloc(SOURCE_LIMIT + 1);
    if (source->bytes == NULL)
        return errno;
    ssize_t n = read_all(fd, source->bytes, SOURCE_LIMIT + 1);
    if (n == -1)
        return errno;
    source->size = (size_t)n;
    return n > SOURCE_LIMIT ? EFBIG : 0;
}

void
source_read(struct source *source, int folder, const char *path)
{
    int fd = open_below(folder, path);

    *source = (struct source){NULL, 0, 0};
    source->error = fd == -1 ? errno : read_file(source, fd);
    if (source->error != 0) {
        free(source->bytes);
        source->bytes = NULL;
        source->size = 0;
    }
    if (fd != -1)
        close(fd);
}

int
source_is_wrong(const struct source *source)
{
    switch (source->error) {
    case ENOENT:
    case ENOTDIR:
    case ELOOP:
    case EINVAL:
    case EFBIG:
    case ENXIO: /* a socket, or the file of a device that is not there */
    case ENODEV:
        return 1;
    default:
        return 0;
    }
}

const char *
source_problem(const struct source *source)
{
    switch (source->error) {
    case ELOOP:
        return "it is a symbolic link, or behind one, and these are not "
               "followed";
    case EINVAL:
    case ENXIO:
    case ENODEV:
        return "it is not a regular file";
    case EFBIG:
        return "it is longer than 1 MB";
    default:
        return strerror(source->error);
    }
}
