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
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

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

static void
write_name(char *name, const struct sockaddr_storage *address, socklen_t size)
{
    char text[INET6_ADDRSTRLEN] = "";

    name[0] = '\0';
    if (address->ss_family == AF_UNIX &&
        size > offsetof(struct sockaddr_un, sun_path)) {
        const struct sockaddr_un *local = (const struct sockaddr_un *)address;
        int length = (int)(size - offsetof(struct sockaddr_un, sun_path));
        if (local->sun_path[0] == '\0') /* Linux's own kind of name: no file */
            snprintf(name, SOCKET_NAME, "@%.*s", length < 64 ? length - 1 : 64,
                local->sun_path + 1);
        else
            snprintf(name, SOCKET_NAME, "%.*s", length < 70 ? length : 70,
                local->sun_path);
    } else if (address->ss_family == AF_INET) {
        const struct sockaddr_in *inet = (const struct sockaddr_in *)address;
        inet_ntop(AF_INET, &inet->sin_addr, text, sizeof text);
        snprintf(name, SOCKET_NAME, "%s:%d", text, ntohs(inet->sin_port));
    }
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
        return -1;
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
