/*
 * outlet.c - see outlet.h
 */
#define _GNU_SOURCE /* O_PATH: a folder need not be readable */
#include "outlet.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "image.h"
#include "lab.h"
#include "trouble.h"

/* The links that the system has made: to a descriptor of ours, or -1. */
static int
named_descriptor(const char *path)
{
    char *end;

    if (strcmp(path, "/dev/stdout") == 0)
        return 1;
    if (strcmp(path, "/dev/stderr") == 0)
        return 2;
    if (strncmp(path, "/dev/fd/", 8) != 0)
        return -1;
    long number = strtol(path + 8, &end, 10);
    return *end != '\0' || number < 0 || number > INT_MAX ? -1 : (int)number;
}

/* A device takes what comes only if it is meant for that. */
static int
is_sink(const char *path, int fd)
{
    return strcmp(path, "/dev/null") == 0 || strcmp(path, "/dev/full") == 0 ||
           isatty(fd);
}

/* A FIFO, or a device: nothing can take its place. */
static int
open_as_it_is(struct outlet *outlet, const struct stat *status)
{
    int is_device = S_ISCHR(status->st_mode);

    if (!is_device && !S_ISFIFO(status->st_mode)) {
        errno = S_ISDIR(status->st_mode) ? EISDIR : EINVAL;
        return -1;
    }
    outlet->fd = openat(outlet->folder, outlet->name,
        O_WRONLY | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC);
    if (outlet->fd != -1 && is_device && !is_sink(outlet->path, outlet->fd)) {
        close(outlet->fd);
        errno = EINVAL;
        return -1;
    }
    return outlet->fd == -1 ? -1 : 0;
}

static int
open_folder(struct outlet *outlet)
{
    char folder[PATH_MAX] = ".";
    const char *slash = strrchr(outlet->path, '/');

    outlet->name = slash != NULL ? slash + 1 : outlet->path;
    size_t length = (size_t)(outlet->name - outlet->path);
    if (length >= sizeof folder) {
        errno = ENAMETOOLONG;
        return -1;
    }
    if (length > 0) {
        memcpy(folder, outlet->path, length);
        folder[length] = '\0';
    }
    outlet->folder = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    return outlet->folder == -1 ? -1 : 0;
}

static int
open_path(struct outlet *outlet)
{
    struct stat status;
    int number = named_descriptor(outlet->path);

    if (number != -1) {
        outlet->fd = fcntl(number, F_DUPFD_CLOEXEC, 3);
        return outlet->fd == -1 ? -1 : 0;
    }
    if (open_folder(outlet) == -1)
        return -1;
    if (fstatat(outlet->folder, outlet->name, &status, AT_SYMLINK_NOFOLLOW) ==
        0) {
        if (S_ISLNK(status.st_mode)) {
            errno = ELOOP;
            return -1;
        }
        if (!S_ISREG(status.st_mode))
            return open_as_it_is(outlet, &status);
        if (faccessat(outlet->folder, outlet->name, W_OK, AT_EACCESS) == -1)
            return -1;
    } else if (errno != ENOENT || outlet->name[0] == '\0')
        return -1;
    return faccessat(outlet->folder, ".", W_OK | X_OK, AT_EACCESS);
}

int
outlet_open(struct outlet *outlet, const char *path)
{
    *outlet = (struct outlet){.path = path, .fd = -1, .folder = -1};
    if (path == NULL)
        outlet->fd = STDOUT_FILENO;
    else if (open_path(outlet) == -1)
        return trouble("%s: %s", path,
            errno == ELOOP ? "it is a symbolic link, and these are not followed"
            : errno == EINVAL ? "a report cannot be written to that"
                              : strerror(errno));
    int image = image_new();
    outlet->memory = image == -1 ? NULL : fdopen(image, "w+");
    if (outlet->memory == NULL)
        return trouble("no memory for a report: %s", strerror(errno));
    return 0;
}

int
outlet_is_terminal(const struct outlet *outlet)
{
    return outlet->fd != -1 && isatty(outlet->fd);
}

/* Beside the old file, with its rights, and then in its place. */
static int
replace(const struct outlet *outlet, int from)
{
    char beside[64];
    struct stat old;
    int is_new =
        fstatat(outlet->folder, outlet->name, &old, AT_SYMLINK_NOFOLLOW) == -1;

    snprintf(beside, sizeof beside, ".grade-%jd", (intmax_t)getpid());
    unlinkat(outlet->folder, beside, 0);
    int fd = openat(
        outlet->folder, beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd == -1)
        return -1;
    int result = copy_all(from, fd);
    if (result == 0 && !is_new)
        result = fchmod(fd, old.st_mode & 0777);
    if (close(fd) == -1)
        result = -1;
    if (result == 0)
        result = renameat(outlet->folder, beside, outlet->folder, outlet->name);
    int error = errno;
    if (result == -1)
        unlinkat(outlet->folder, beside, 0);
    errno = error;
    return result;
}

int
outlet_write(const struct outlet *outlet)
{
    int from = image_open(fileno(outlet->memory));
    int result = -1;

    if (from != -1)
        result = outlet->fd != -1 ? copy_all(from, outlet->fd)
                                  : replace(outlet, from);
    int error = errno;
    if (from != -1)
        close(from);
    if (result == -1)
        trouble("the report could not be written%s%s: %s",
            outlet->path != NULL ? " to " : "",
            outlet->path != NULL ? outlet->path : "", strerror(error));
    return result;
}
