#define _GNU_SOURCE /* syscall(): glibc 2.36 is the first with pidfd_getfd() */
/*
 * census_socket.c - see census_socket.h
 */
#include "census_socket.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "proc.h"
#include "socket_diag.h"

enum {
    TIMED = 256
};

int
census_take_fd(pid_t pid, int fd)
{
    int process = (int)syscall(SYS_pidfd_open, pid, 0);

    if (process == -1)
        return -1;
    int copy = (int)syscall(SYS_pidfd_getfd, process, fd, 0);
    int error = errno;
    close(process);
    errno = error;
    return copy;
}

int
census_can_take_fd(void)
{
    int copy = census_take_fd(getpid(), STDIN_FILENO);

    if (copy != -1)
        close(copy);
    return copy != -1 || errno == EBADF;
}

void
census_socket_name(char name[SOCKET_NAME], const char *path, size_t size)
{
    int length = size < SOCKET_NAME ? (int)size : SOCKET_NAME;

    if (length == 0)
        name[0] = '\0';
    else if (path[0] == '\0') /* Linux's own kind of name: no file */
        snprintf(name, SOCKET_NAME, "@%.*s", length < 64 ? length - 1 : 64,
            path + 1);
    else
        snprintf(name, SOCKET_NAME, "%.*s", length < 70 ? length : 70, path);
}

void
census_inet_name(char name[SOCKET_NAME], uint32_t address, unsigned int port)
{
    const struct in_addr in = {address};
    char text[INET_ADDRSTRLEN] = "";

    inet_ntop(AF_INET, &in, text, sizeof text);
    snprintf(name, SOCKET_NAME, "%s:%u", text, port);
}

static void
write_name(char *name, const struct sockaddr_storage *address, socklen_t size)
{
    const size_t head = offsetof(struct sockaddr_un, sun_path);

    name[0] = '\0';
    if (address->ss_family == AF_UNIX && size > head)
        census_socket_name(
            name, ((const struct sockaddr_un *)address)->sun_path, size - head);
    else if (address->ss_family == AF_INET) {
        const struct sockaddr_in *inet = (const struct sockaddr_in *)address;
        census_inet_name(name, inet->sin_addr.s_addr, ntohs(inet->sin_port));
    }
}

/* Sockets with a limit of time; the oldest are forgotten. */
static struct {
    size_t n;
    uint64_t inode[TIMED];
    int is_unknown;
} timed;

static size_t
find_timed(uint64_t inode)
{
    size_t i = 0;

    while (i < TIMED && timed.inode[i] != inode)
        i++;
    return i;
}

void
census_socket_time(pid_t pid, int fd, int is_timed)
{
    struct stat status;

    if (proc_fd_stat(pid, fd, &status) == -1 || !S_ISSOCK(status.st_mode))
        return;
    size_t at = find_timed(status.st_ino);
    if (at < TIMED && !is_timed)
        timed.inode[at] = 0;
    else if (at == TIMED && is_timed)
        timed.inode[timed.n++ % TIMED] = status.st_ino;
}

void
census_socket_time_unknown(void)
{
    timed.is_unknown = 1;
}

/* Without a copy. */
static int
look_from_outside(pid_t pid, int fd, struct census_socket *found)
{
    struct stat status;

    if (proc_fd_stat(pid, fd, &status) == -1)
        return -1;
    if (!S_ISSOCK(status.st_mode)) {
        errno = ENOTSOCK;
        return -1;
    }
    if (socket_diag(pid, fd, found) == -1)
        return -1;
    found->has_timeout = timed.is_unknown || find_timed(status.st_ino) < TIMED;
    return 0;
}

static int
has_timeout(int fd, int option)
{
    struct timeval time = {0, 0};
    socklen_t size = sizeof time;

    return getsockopt(fd, SOL_SOCKET, option, &time, &size) == 0 &&
           (time.tv_sec != 0 || time.tv_usec != 0);
}

int
census_socket(pid_t pid, int fd, struct census_socket *found)
{
    struct sockaddr_storage address;
    socklen_t size = sizeof found->family;
    int copy = census_take_fd(pid, fd);

    memset(found, 0, sizeof *found);
    if (copy == -1)
        return look_from_outside(pid, fd, found);
    if (getsockopt(copy, SOL_SOCKET, SO_DOMAIN, &found->family, &size) == -1) {
        close(copy);
        return -1;
    }
    getsockopt(copy, SOL_SOCKET, SO_TYPE, &found->type, &size);
    if (ioctl(copy, FIONREAD, &found->queued) == -1)
        found->queued = 0;
    found->has_timeout =
        has_timeout(copy, SO_RCVTIMEO) || has_timeout(copy, SO_SNDTIMEO);
    size = sizeof address;
    memset(&address, 0, sizeof address);
    if (getsockname(copy, (struct sockaddr *)&address, &size) == 0)
        write_name(found->bound, &address, size);
    size = sizeof address;
    memset(&address, 0, sizeof address);
    if (getpeername(copy, (struct sockaddr *)&address, &size) == 0)
        write_name(found->peer, &address, size);
    close(copy);
    return 0;
}
