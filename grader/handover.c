/*
 * handover.c - see handover.h
 */
#include "handover.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cage.h"
#include "proc.h"

enum {
    LOOK_MS = 100
};

static int ends[2]; /* [0] is the parent's */
static int child_end;

/* Room for one descriptor beside a message. */
union control_data {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int))];
};

int
handover_prepare(void)
{
    if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) == -1)
        return -1;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return 0;
}

void
handover_open(void)
{
    child_end = fcntl(ends[1], F_DUPFD_CLOEXEC, CAGE_DESCRIPTORS);
    if (child_end == -1)
        _exit(126);
}

void
handover_give(int fd, int error)
{
    union control_data data;
    struct iovec text = {&error, sizeof error};
    struct msghdr message = {.msg_iov = &text, .msg_iovlen = 1};

    memset(&data, 0, sizeof data);
    if (fd != -1) {
        message.msg_control = &data;
        message.msg_controllen = sizeof data;
        data.header.cmsg_level = SOL_SOCKET;
        data.header.cmsg_type = SCM_RIGHTS;
        data.header.cmsg_len = CMSG_LEN(sizeof fd);
        memcpy(CMSG_DATA(&data.header), &fd, sizeof fd);
    }
    if (sendmsg(child_end, &message, 0) == -1)
        _exit(126);
}

/* Waits until the child has given something, or has ended. Another half may
 * stop it before it came to that: then it will never come. */
static int
await_child(pid_t pid)
{
    struct pollfd fd = {ends[0], POLLIN, 0};
    struct proc_stat stat;
    int n;

    while ((n = poll(&fd, 1, LOOK_MS)) != 1) {
        if (n == -1 && errno != EINTR)
            return -1;
        if (n == 0 && (proc_stat(pid, &stat) == -1 || stat.state == 'T')) {
            kill(pid, SIGKILL);
            errno = ECHILD;
            return -1;
        }
    }
    return 0;
}

static int
receive(void)
{
    union control_data data;
    int error = 0;
    int fd = -1;
    struct iovec text = {&error, sizeof error};
    struct msghdr message = {.msg_iov = &text,
        .msg_iovlen = 1,
        .msg_control = &data,
        .msg_controllen = sizeof data};

    ssize_t n = recvmsg(ends[0], &message, 0);
    if (n == (ssize_t)sizeof error && error == 0 &&
        CMSG_FIRSTHDR(&message) != NULL)
        memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
    if (fd == -1)
        errno = n == 0 ? ECHILD : error != 0 ? error : EMFILE;
    else
        fcntl(fd, F_SETFD, FD_CLOEXEC);
    return fd;
}

int
handover_take(pid_t pid)
{
    close(ends[1]); /* so that the child's end is the only one */
    int fd = pid != -1 && await_child(pid) == 0 ? receive() : -1;
    int error = errno;
    close(ends[0]);
    errno = error;
    return fd;
}
