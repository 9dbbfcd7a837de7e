/*
 * source.c - see source.h
 */
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"

/* Opens path below folder, one name at a time. Returns it, or -1. */
static int
open_below(int folder, const char *path)
{
    char name[256];
    int fd = dup(folder);

    for (const char *next = path; fd != -1 && *next != '\0';) {
        size_t n = strcspn(next, "/");
        snprintf(name, sizeof name, "%.*s", (int)n, next);
        next += n;
        int flags = *next == '/' ? O_DIRECTORY : 0;
        int inner = openat(
            fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | flags);
        int error = errno;
        close(fd);
        errno = error;
        fd = inner;
        next += strspn(next, "/");
    }
    return fd;
}

void
source_read(struct source *source, int folder, const char *path)
{
    struct stat status;
    int fd = open_below(folder, path);

    *source = (struct source){NULL, 0, 0};
    if (fd == -1 || fstat(fd, &status) == -1) {
        source->error = errno;
        return;
    }
    if (!S_ISREG(status.st_mode) || status.st_size > SOURCE_LIMIT) {
        source->error = S_ISREG(status.st_mode) ? EFBIG : EINVAL;
        close(fd);
        return;
    }
    source->bytes = malloc(SOURCE_LIMIT);
    ssize_t n = source->bytes ? read_all(fd, source->bytes, SOURCE_LIMIT) : -1;
    source->error = n == -1 ? errno : 0;
    source->size = n > 0 ? (size_t)n : 0;
    close(fd);
}

const char *
source_problem(const struct source *source)
{
    switch (source->error) {
    case ELOOP:
        return "it is a symbolic link, and these are not followed";
    case EINVAL:
        return "it is not a regular file";
    case EFBIG:
        return "it is longer than 1 MB";
    default:
        return strerror(source->error);
    }
}
