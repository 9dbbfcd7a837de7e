/*
 * keeper.c - see keeper.h
 */
#include "keeper.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "guard.h"
#include "image.h"
#include "lab.h"
#include "places.h"
#include "proc.h"
#include "tie.h"

enum {
    CONTAINERS = 100000 /* of one machine, at the same time */
};

static int asks = -1;         /* the grader's end */
static unsigned int first_id; /* 0: nobody has chosen it */
static pid_t keeper;

static struct {
    int socket;
    int warden; /* a copy of our own: nobody else can write to it */
    pid_t grader;
    int status;         /* of the grader, when it has ended */
    int has_lost_guard; /* killed before it had cleaned up */
} own;

void
keeper_choose(unsigned int first)
{
    first_id = first;
}

/* How many processes a user has is counted on the whole machine: who fills his
 * number in one container must not keep others from starting theirs. So each
 * container has users of its own, by the number of its namespace of processes;
 * unless it has a map of users, which keeps them apart. */
static unsigned int
choose_id(void)
{
    static const ino_t first =
        0xf0000000; /* PROC_DYNAMIC_FIRST of the kernel */
    char map[64];
    unsigned int count = 0;
    struct stat status;

    if (stat("/proc/self/ns/pid", &status) == -1 || status.st_ino < first ||
        proc_read(map, sizeof map, "self/uid_map") <= 0 ||
        sscanf(map, "%*u %*u %u", &count) != 1 || count != UINT_MAX)
        return KEEPER_IDS;
    return KEEPER_CONTAINERS +
           2 * PLACES * (unsigned int)((status.st_ino - first) % CONTAINERS);
}

/* Takes one message with its descriptors. Returns its size, 0 at the end of
 * all, or -1 with errno set. */
static ssize_t
receive(struct keeper_order *order, int fds[KEEPER_FDS], size_t *n)
{
    union {
        struct cmsghdr header; /* for its alignment */
        char bytes[CMSG_SPACE(KEEPER_FDS * sizeof(int))];
    } control;
    struct iovec part = {order, sizeof *order};
    struct msghdr message = {.msg_iov = &part,
        .msg_iovlen = 1,
        .msg_control = &control,
        .msg_controllen = sizeof control};
    ssize_t size = recvmsg(own.socket, &message, MSG_CMSG_CLOEXEC);

    *n = 0;
    for (struct cmsghdr *c = size < 0 ? NULL : CMSG_FIRSTHDR(&message);
         c != NULL; c = CMSG_NXTHDR(&message, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
            continue;
        *n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        memcpy(fds, CMSG_DATA(c), *n * sizeof(int));
    }
    if (size > 0 && (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0)
        return 1;
    return size;
}

static void
note_ended(int flags)
{
    int status;
    pid_t pid;

    while ((pid = waitpid(-1, &status, flags)) > 0 ||
           (pid == -1 && errno == EINTR))
        if (pid == own.grader)
            own.status = status;
        else
            own.has_lost_guard |= pid > 0 && WIFSIGNALED(status);
}

static void
serve(const struct keeper_order *order, ssize_t size, const int *fds, size_t n)
{
    if (size == sizeof *order && guard_is_sound(order, n) && fork() == 0) {
        close(own.socket);
        guard(order, fds, own.warden, first_id);
    }
    for (size_t i = 0; i < n; i++)
        close(fds[i]);
}

static _Noreturn void
keep(void)
{
    static struct keeper_order order;
    int fds[KEEPER_FDS];
    size_t n;

    for (;;) {
        ssize_t size = receive(&order, fds, &n);
        if (size == 0 || (size == -1 && errno != EINTR))
            break;
        serve(&order, size, fds, n);
        note_ended(WNOHANG);
    }
    close(own.socket);
    note_ended(0);
    if (own.has_lost_guard)
        guard_clean_up(first_id);
    end_as(own.status);
}

static int
copy_warden(int warden)
{
    int from = image_open(warden);
    int copy = image_new();

    if (from == -1 || copy == -1 || copy_all(from, copy) == -1)
        return -1;
    close(from);
    return copy;
}

int
keeper_begin(int warden)
{
    int ends[2];

    if (geteuid() != 0)
        return 0;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == -1)
        return -1;
    keeper = getpid();
    pid_t pid = fork();
    if (pid == -1)
        return -1;
    if (pid == 0) {
        close(ends[0]);
        asks = ends[1];
        return 0;
    }
    close(ends[1]);
    if (first_id == 0)
        first_id = choose_id();
    own.socket = ends[0];
    own.grader = pid;
    own.warden = warden == -1 ? -1 : copy_warden(warden);
    keep();
}

void
keeper_tie(void)
{
    if (keeper != 0)
        tie(keeper, SIGKILL);
}

int
keeper_is_there(void)
{
    return asks != -1;
}

void
keeper_dismiss(void)
{
    if (asks != -1)
        close(asks);
    asks = -1;
}

static int
send_order(const struct keeper_order *order, const int *fds, size_t n)
{
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(KEEPER_FDS * sizeof(int))];
    } control;
    struct iovec part = {(void *)order, sizeof *order};
    struct msghdr message = {.msg_iov = &part,
        .msg_iovlen = 1,
        .msg_control = &control,
        .msg_controllen = CMSG_SPACE(n * sizeof(int))};

    memset(&control, 0, sizeof control);
    control.header.cmsg_level = SOL_SOCKET;
    control.header.cmsg_type = SCM_RIGHTS;
    control.header.cmsg_len = CMSG_LEN(n * sizeof(int));
    memcpy(CMSG_DATA(&control.header), fds, n * sizeof(int));
    ssize_t size;
    do
        size = sendmsg(asks, &message, MSG_NOSIGNAL);
    while (size == -1 && errno == EINTR);
    return size == sizeof *order ? 0 : -1;
}

int
keeper_ask(const struct keeper_order *order, const int *fds, size_t n)
{
    int all[KEEPER_FDS];
    int ends[2];

    if (n >= KEEPER_FDS ||
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == -1)
        return -1;
    all[0] = ends[1];
    memcpy(all + 1, fds, n * sizeof *fds);
    int result = send_order(order, all, n + 1);
    int error = errno;
    close(ends[1]);
    if (result == 0)
        return ends[0];
    close(ends[0]);
    errno = error;
    return -1;
}
