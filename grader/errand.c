/*
 * errand.c - see errand.h
 */
#define _GNU_SOURCE /* F_SETPIPE_SZ */
#include "errand.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "errand_sysv.h"
#include "lab.h"
#include "proc.h"

/* The bytes of a payload behind its name. */
static const char *
contents(const struct request *request, const char *payload, size_t *size)
{
    size_t name = strlen(payload) + 1;

    *size = request->size > name ? request->size - name : 0;
    return payload + name;
}

/* A socket whose owner has gone: nobody can connect to it any more. */
static int
make_socket(const char *name, mode_t mode)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    if (fd == -1)
        return -1;
    snprintf(address.sun_path, sizeof address.sun_path, "%s", name);
    int result = bind(fd, (struct sockaddr *)&address, sizeof address);
    close(fd);
    return result == -1 ? -1 : chmod(name, mode & 0777);
}

static int
make(const struct request *request, const char *payload)
{
    size_t size;
    const char *bytes = contents(request, payload, &size);
    mode_t mode = (mode_t)request->count;
    int fd;

    if (S_ISDIR(mode))
        return mkdir(payload, mode & 0777);
    if (S_ISFIFO(mode))
        return mkfifo(payload, mode & 0777);
    if (S_ISLNK(mode))
        return symlink(bytes, payload);
    if (S_ISSOCK(mode))
        return make_socket(payload, mode);
    fd = open(payload, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode & 0777);
    if (fd == -1)
        return -1;
    int result = write_all(fd, bytes, size);
    close(fd);
    return result;
}

/* Opens a file of that type (S_IFREG or S_IFIFO) that a half may have put
 * there, without being led astray. */
static int
open_found(const char *payload, int flags, mode_t type)
{
    struct stat status;
    int fd = open(payload, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

    if (fd == -1)
        return -1;
    if (fstat(fd, &status) == 0 && (status.st_mode & S_IFMT) == type)
        return fd;
    close(fd);
    errno = EINVAL;
    return -1;
}

static int
patch(const struct request *request, const char *payload)
{
    size_t size;
    const char *bytes = contents(request, payload, &size);
    int fd = open_found(payload, O_WRONLY, S_IFREG);

    if (fd == -1)
        return -1;
    ssize_t n = pwrite(fd, bytes, size, (off_t)request->count);
    close(fd);
    return n == (ssize_t)size ? 0 : -1;
}

static int
read_file(const char *payload, struct reply *reply, char *answer)
{
    int fd = open_found(payload, O_RDONLY, S_IFREG);
    ssize_t n;

    if (fd == -1)
        return -1;
    n = read_all(fd, answer, KEPT_BYTES);
    close(fd);
    reply->size = n > 0 ? (uint32_t)n : 0;
    return n == -1 ? -1 : 0;
}

/* In one write(), as it is asked for: it is a hostile client's. */
static int
write_fifo(const struct request *request, const char *payload)
{
    size_t size;
    const char *bytes = contents(request, payload, &size);
    int fd = open_found(payload, O_WRONLY, S_IFIFO);

    if (fd == -1)
        return -1;
    ssize_t n = write(fd, bytes, size);
    close(fd);
    return n == (ssize_t)size ? 0 : -1;
}

static int
resize_fifo(const struct request *request, const char *payload)
{
    int fd = open_found(payload, O_WRONLY, S_IFIFO);

    if (fd == -1)
        return -1;
    int result = fcntl(fd, F_SETPIPE_SZ, (int)request->count);
    close(fd);
    return result == -1 ? -1 : 0;
}

/* To a socket of the work folder, or to everybody at a port ("20001"). */
static int
send_datagram(const struct request *request, const char *payload)
{
    size_t size;
    const char *bytes = contents(request, payload, &size);
    struct sockaddr_un local = {.sun_family = AF_UNIX};
    struct sockaddr_in inet = {.sin_family = AF_INET};
    int is_port = request->count != 0;
    int on = 1;
    int fd = socket(is_port ? AF_INET : AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    if (fd == -1)
        return -1;
    snprintf(local.sun_path, sizeof local.sun_path, "%s", payload);
    inet.sin_addr.s_addr = htonl(0x7fffffff);
    inet.sin_port = htons((uint16_t)request->count);
    if (is_port)
        setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &on, sizeof on);
    ssize_t n = sendto(fd, bytes, size, MSG_DONTWAIT,
        is_port ? (struct sockaddr *)&inet : (struct sockaddr *)&local,
        is_port ? sizeof inet : sizeof local);
    close(fd);
    return n == (ssize_t)size ? 0 : -1;
}

static sigjmp_buf cut;

static void
jump_back(int number)
{
    (void)number;
    siglongjmp(cut, 1);
}

/* A half may cut the file short while we have it mapped. */
static int
post_mapped(void *semaphore)
{
    struct sigaction old;
    struct sigaction new = {.sa_handler = &jump_back};
    int result = -1;

    sigaction(SIGBUS, &new, &old);
    if (sigsetjmp(cut, 1) == 0)
        result = sem_post(semaphore);
    else
        errno = EINVAL;
    sigaction(SIGBUS, &old, NULL);
    return result;
}

/* What sem_open(3) opens, but only if it is a semaphore's file. */
static int
post(const char *payload)
{
    char path[128];
    struct stat status;

    snprintf(path, sizeof path, "/dev/shm/sem.%s",
        payload[0] == '/' ? payload + 1 : payload);
    int fd = open_found(path, O_RDWR, S_IFREG);
    if (fd == -1)
        return -1;
    void *semaphore = MAP_FAILED;
    errno = EINVAL;
    if (fstat(fd, &status) == 0 && status.st_size >= (off_t)sizeof(sem_t))
        semaphore = mmap(
            NULL, sizeof(sem_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (semaphore == MAP_FAILED)
        return -1;
    int result = post_mapped(semaphore);
    munmap(semaphore, sizeof(sem_t));
    return result;
}

/* A text in the heap may be one that was printed: flushing a buffer does not
 * wipe it. What a half prints comes to us, and this text has not; of the other
 * halves we know nothing; a child may have printed count bytes with it. */
static int
has_kept(const struct request *request, const struct reply *reply, pid_t pid)
{
    for (int i = 0; i < HALVES; i++)
        if (reply->half[i].pid == pid)
            return i == request->half;
    return proc_written(pid) < request->count;
}

/* Is a text in somebody's heap? Then it is in a stdio buffer: constants and
 * local arrays are elsewhere. */
static int
find(const struct request *request, const char *payload, struct reply *reply)
{
    static struct proc_stat stats[PROC_LIMIT];
    size_t n = proc_descendants(stats, PROC_LIMIT);

    for (size_t i = 0; i < n; i++)
        if (proc_heap_has(stats[i].pid, payload, request->size) &&
            has_kept(request, reply, stats[i].pid)) {
            memcpy(reply->who, stats[i].name, sizeof stats[i].name);
            return 0;
        }
    errno = ENOENT;
    return -1;
}

int
errand(const struct request *request, const char *payload, struct reply *reply,
    char *answer)
{
    switch ((enum request_kind)request->kind) {
    case REQUEST_MAKE:
        return make(request, payload);
    case REQUEST_PATCH:
        return patch(request, payload);
    case REQUEST_REMOVE:
        return remove(payload);
    case REQUEST_READ:
        return read_file(payload, reply, answer);
    case REQUEST_POST:
        return post(payload);
    case REQUEST_FIND:
        return find(request, payload, reply);
    case REQUEST_WRITE:
        return write_fifo(request, payload);
    case REQUEST_RESIZE:
        return resize_fifo(request, payload);
    case REQUEST_DATAGRAM:
        return send_datagram(request, payload);
    case REQUEST_SYSV:
        return errand_sysv(request, payload, reply, answer);
    default:
        errno = EINVAL;
        return -1;
    }
}
