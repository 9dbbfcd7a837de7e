/*
 * census.c - see census.h
 */
#include "census.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proc.h"
#include "wine.h"

/* A named semaphore of glibc is a file with a sem_t in it. A copy of it tells
 * the value: sem_open() would depend on the name that a half has chosen, and
 * a half could cut the file short under our mapping. */
static int
semaphore_value(int folder, const char *name)
{
    sem_t semaphore;
    int value = -1;
    int fd =
        openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

    if (fd == -1)
        return -1;
    ssize_t n = pread(fd, &semaphore, sizeof semaphore, 0);
    close(fd);
    if (n != (ssize_t)sizeof semaphore ||
        sem_getvalue(&semaphore, &value) == -1)
        return -1;
    return value;
}

static int has_user;
static uid_t user;

void
census_begin(uid_t own_user)
{
    has_user = 1;
    user = own_user;
}

uint64_t
census_weight(void)
{
    enum {
        BLOCK = 512,
        A_FILE = 1 << 10 /* bytes that the kernel needs for one */
    };
    DIR *dir = opendir("/dev/shm");
    struct dirent *entry;
    struct stat status;
    uint64_t sum = 0;

    while (dir != NULL && (entry = readdir(dir)) != NULL)
        if (fstatat(dirfd(dir), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) ==
                0 &&
            status.st_uid == user)
            sum += (uint64_t)status.st_blocks * BLOCK + A_FILE;
    if (dir != NULL)
        closedir(dir);
    return sum;
}

static void
describe(struct census_file *file, int folder, const char *where,
    const char *name, const struct stat *status)
{
    snprintf(file->where, sizeof file->where, "%s", where);
    snprintf(file->name, sizeof file->name, "%.71s", name);
    file->mode = status->st_mode;
    file->inode = status->st_ino;
    file->size = status->st_size;
    file->value = -1;
    if (strncmp(name, "sem.", 4) == 0 && S_ISREG(status->st_mode) &&
        status->st_size >= (off_t)sizeof(sem_t))
        file->value = semaphore_value(folder, name);
}

static size_t
list(struct census_file *files, size_t limit, const char *path,
    const char *where, const char *own)
{
    size_t n = 0;
    DIR *dir = opendir(path);

    if (dir == NULL)
        return 0;
    struct dirent *entry;
    while (n < limit && (entry = readdir(dir)) != NULL) {
        struct stat status;
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
            continue;
        if ((own != NULL && strstr(name, own) == NULL) || wine_owns(name))
            continue;
        if (fstatat(dirfd(dir), name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
            (!has_user || status.st_uid == user))
            describe(&files[n++], dirfd(dir), where, name, &status);
    }
    closedir(dir);
    return n;
}

size_t
census_files(struct census_file *files, const char *own)
{
    size_t n = list(files, CENSUS_FILES, ".", "work", NULL);

    n += list(files + n, CENSUS_FILES - n, "/dev/shm", "shm", own);
    n += list(files + n, CENSUS_FILES - n, "/dev/mqueue", "mqueue", own);
    if (own == NULL)
        n += list(files + n, CENSUS_FILES - n, "/tmp", "tmp", NULL);
    return n;
}

const char *
census_shm_name(uint64_t inode)
{
    static struct census_file files[CENSUS_FILES];
    size_t n = list(files, CENSUS_FILES, "/dev/shm", "shm", NULL);

    for (size_t i = 0; i < n; i++)
        if (files[i].inode == inode)
            return files[i].name;
    return NULL;
}

static void
read_maps(struct census_process *process)
{
    enum {
        SIZE = 65536
    };
    static char text[SIZE];
    struct stat work;

    process->maps = 0;
    if (proc_read(text, sizeof text, "%d/maps", (int)process->pid) <= 0 ||
        stat(".", &work) == -1)
        return;
    for (char *line = text; *line != '\0' && process->maps < CENSUS_MAPS;) {
        struct census_map *map = &process->map[process->maps];
        uint64_t end = 0;
        int path = 0;
        char *next = strchr(line, '\n');
        if (next == NULL)
            break;
        *next = '\0';
        if (sscanf(line,
                "%" SCNx64 "-%" SCNx64 " %7s %" SCNx64 " %*x:%*x %" SCNu64
                " %n",
                &map->start, &end, map->access, &map->offset, &map->inode,
                &path) == 5 &&
            map->inode != 0) {
            map->size = end - map->start;
            snprintf(map->path, sizeof map->path, "%s", line + path);
            /* Programs and libraries are of no interest. */
            if (strncmp(map->path, "/usr/", 5) != 0 &&
                strncmp(map->path, "/lib", 4) != 0 &&
                strstr(map->path, "/kit/") == NULL)
                process->maps++;
        }
        line = next + 1;
    }
}

int
census_process(pid_t pid, struct census_process *process)
{
    struct proc_stat status;
    struct stat object;
    int fds[CENSUS_FDS];

    if (proc_stat(pid, &status) == -1)
        return -1;
    process->pid = pid;
    process->parent = status.parent;
    process->state = status.state;
    memcpy(process->name, status.name, sizeof process->name);
    process->fds = 0;
    for (size_t i = 0, n = proc_fds(pid, fds, CENSUS_FDS); i < n; i++) {
        struct census_fd *fd = &process->fd[process->fds];
        if (proc_fd(pid, fds[i], fd->target, sizeof fd->target) == -1)
            continue;
        fd->fd = fds[i];
        fd->access = proc_fd_access(pid, fds[i]);
        fd->mode = 0;
        fd->inode = 0;
        if (proc_fd_stat(pid, fds[i], &object) == 0) {
            fd->mode = object.st_mode;
            fd->inode = object.st_ino;
        }
        fd->socket.family = 0;
        if (S_ISSOCK(fd->mode))
            census_socket(pid, fds[i], &fd->socket);
        process->fds++;
    }
    read_maps(process);
    return 0;
}
