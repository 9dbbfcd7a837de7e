/*
 * places.c - see places.h
 */
#include "places.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab.h"

static int
open_folder(const char *path)
{
    struct stat status;

    if (mkdir(path, 0700) == -1 && errno != EEXIST)
        return -1;
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd == -1)
        return -1;
    if (fstat(fd, &status) == 0 && status.st_uid == geteuid() &&
        (status.st_mode & 077) == 0)
        return fd;
    close(fd);
    errno = EPERM;
    return -1;
}

static int
lock(int fd, int is_patient)
{
    int result;

    do
        result = flock(fd, is_patient ? LOCK_EX : LOCK_EX | LOCK_NB);
    while (result == -1 && errno == EINTR);
    return result;
}

/* Returns 1 if we have the place, 0 if somebody else has it, -1 if the file or
 * its folder was removed meanwhile. */
static int
try(struct place *place, int folder, int number, int is_patient)
{
    char name[16];
    struct stat status;

    snprintf(name, sizeof name, "%d", number);
    int fd =
        openat(folder, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd == -1)
        return errno == ENOENT ? -1 : 0;
    if (lock(fd, is_patient) == 0) {
        if (fstat(fd, &status) == 0 && status.st_nlink > 0) {
            place->number = number;
            place->fd = fd;
            return 1;
        }
        close(fd);
        return -1;
    }
    close(fd);
    return 0;
}

static void
read_left(struct place *place)
{
    ssize_t n = pread(place->fd, place->left, sizeof place->left - 1, 0);

    place->left[n > 0 ? n : 0] = '\0';
}

static int
take(
    struct place *place, const char *path, int first, int count, int is_patient)
{
    int got = -1;

    memset(place, 0, sizeof *place);
    snprintf(place->folder, sizeof place->folder, "%s", path);
    while (got == -1) {
        int folder = open_folder(path);
        if (folder == -1)
            return -1;
        got = 0;
        for (int i = 0; i < count && got == 0; i++)
            got = try(place, folder, (first + i) % PLACES, is_patient);
        close(folder);
    }
    if (got == 0) {
        errno = EBUSY;
        return -1;
    }
    read_left(place);
    return 0;
}

int
place_take(struct place *place, const char *folder, int first)
{
    return take(place, folder, first, PLACES, 0);
}

int
place_wait(struct place *place, const char *folder)
{
    return take(place, folder, 0, 1, 1);
}

/* Whoever may write to /tmp can take a name there first, but not all. */
int
place_of_user(struct place *place, const char *word, int is_patient)
{
    enum {
        NAMES = 16
    };
    char folder[sizeof place->folder];

    for (int i = 0; i < NAMES; i++) {
        snprintf(folder, sizeof folder, "/tmp/ipc-lab-kit-%u%s.%d",
            (unsigned int)geteuid(), word, i);
        int result = is_patient ? place_wait(place, folder)
                                : place_take(place, folder, 0);
        if (result == 0)
            return 0;
        if (errno != EPERM && errno != ENOTDIR && errno != ELOOP &&
            errno != EACCES)
            return -1;
    }
    return -1;
}

int
place_note(const struct place *place, const char *path)
{
    if (ftruncate(place->fd, 0) == -1 || lseek(place->fd, 0, SEEK_SET) == -1)
        return -1;
    return write_all(place->fd, path, strlen(path));
}

/* While we have the lock, whoever opens the file waits for it, and then sees
 * that it has no name any more. */
void
place_give(struct place *place)
{
    char path[64];

    snprintf(path, sizeof path, "%s/%d", place->folder, place->number);
    unlink(path);
    close(place->fd);
    place->fd = -1;
    rmdir(place->folder);
}
