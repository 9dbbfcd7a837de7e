/*
 * story_pipe.c - who holds which end of a pipe (see story.h)
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "census_socket.h"
#include "proc.h"
#include "story.h"

enum {
    HOLDERS = 8
};

/* A descriptor of some process on the pipe in question. */
struct holder {
    pid_t pid;
    int fd;
};

/* Inode of the pipe or FIFO behind a descriptor; 0 if it is none. */
static uint64_t
inode_of(pid_t pid, int fd, char *target, size_t size)
{
    struct stat status;

    if (proc_fd(pid, fd, target, size) == -1 ||
        proc_fd_stat(pid, fd, &status) == -1) {
        snprintf(target, size, "a closed descriptor");
        return 0;
    }
    return S_ISFIFO(status.st_mode) ? status.st_ino : 0;
}

/* A FIFO has a name: "/work/n3f9a" is n3f9a. NULL for a pipe. */
static const char *
fifo_name(const char *target)
{
    const char *slash = strrchr(target, '/');

    return slash != NULL ? slash + 1 : NULL;
}

/* Who can read (or write) the pipe. Every process is asked once. */
static size_t
find_holders(const struct story *story, uint64_t inode, int access,
    struct holder *holders)
{
    const struct hang *hang = story->hang;
    int fds[PROC_LIMIT];
    char target[64];
    size_t found = 0;

    for (uint32_t i = 0; i < hang->threads; i++) {
        pid_t pid = hang->thread[i].pid;
        if (i > 0 && hang->thread[i - 1].pid == pid)
            continue;
        size_t n = proc_fds(pid, fds, PROC_LIMIT);
        for (size_t f = 0; f < n && found < HOLDERS; f++) {
            if (inode_of(pid, fds[f], target, sizeof target) != inode)
                continue;
            int mode = proc_fd_access(pid, fds[f]);
            if (mode == access || mode == O_RDWR)
                holders[found++] = (struct holder){pid, fds[f]};
        }
    }
    return found;
}

/* The grader still holds the other end of somebody's input: not a deadlock. */
static int
waits_for_input(const struct story *story, const char *target, uint64_t inode)
{
    for (size_t i = 0; i < story->nparts && fifo_name(target) == NULL; i++)
        if (inode != 0 && story->parts[i].input == inode)
            return story->parts[i].is_fed;
    return 0;
}

int
story_has_input(const struct story *story)
{
    char target[64];

    for (uint32_t i = 0; i < story->hang->threads; i++) {
        const struct hang_thread *t = &story->hang->thread[i];
        if (t->kind != WAIT_READ)
            continue;
        uint64_t inode =
            inode_of(t->pid, (int)t->call.argument[0], target, sizeof target);
        if (waits_for_input(story, target, inode))
            return 1;
    }
    return 0;
}

static void
tell_holders(struct story *story, pid_t pid, int is_fifo, const char *end,
    const struct holder *holders, size_t n)
{
    story_say(story, "; the %s end of that %s is still open in ", end,
        is_fifo ? "FIFO" : "pipe");
    for (size_t i = 0; i < n; i++)
        story_say(story, "%s%s%s (fd %d)", i == 0 ? "" : " and ",
            story_name(story, holders[i].pid),
            holders[i].pid == pid ? " itself" : "", holders[i].fd);
}

/* Bytes that lie in a pipe which the process could read. */
static int
count_unread(pid_t pid, int fd)
{
    char path[64];
    int bytes = 0;

    snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)pid, fd);
    int copy = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (copy == -1)
        return 0;
    if (ioctl(copy, FIONREAD, &bytes) == -1)
        bytes = 0;
    close(copy);
    return bytes;
}

void
story_unread(struct story *story, pid_t pid, const char *id)
{
    const struct part *part = story_part(story, pid);
    int fds[PROC_LIMIT];
    char target[64];

    if (part == NULL)
        return;
    size_t n = proc_fds(pid, fds, PROC_LIMIT);
    for (size_t i = 0; i < n; i++) {
        uint64_t inode = inode_of(pid, fds[i], target, sizeof target);
        if (inode == 0 || inode == part->input ||
            proc_fd_access(pid, fds[i]) != O_RDONLY)
            continue;
        int bytes = count_unread(pid, fds[i]);
        if (bytes == 0)
            continue;
        story_say(story, ", while %d bytes lie unread in its pipe (fd %d)",
            bytes, fds[i]);
        if (fifo_name(target) == NULL) /* of a FIFO the lab knows more */
            story_prove(story, id);
        return;
    }
}

/* It is still there as a zombie, so nobody has noticed. */
static void
tell_ended_child(struct story *story, pid_t pid)
{
    static struct proc_stat stats[PROC_LIMIT];
    size_t n = proc_descendants(stats, PROC_LIMIT);

    for (size_t i = 0; i < n; i++)
        if (stats[i].parent == pid && stats[i].state == 'Z') {
            story_say(
                story, ", although its child %s has ended", stats[i].name);
            return;
        }
}

void
story_object(struct story *story, pid_t pid, int fd)
{
    char target[64];
    struct census_socket socket;
    uint64_t inode = inode_of(pid, fd, target, sizeof target);

    if (fd == STDIN_FILENO)
        story_say(story, "standard input");
    else if (inode != 0 && fifo_name(target) != NULL)
        story_say(story, "FIFO \"%s\" (fd %d)", fifo_name(target), fd);
    else if (story_is_socket(pid, fd) && census_socket(pid, fd, &socket) == 0 &&
             socket.bound[0] != '\0')
        story_say(story, "socket \"%s\" (fd %d)", socket.bound, fd);
    else
        story_say(story, "fd %d", fd);
}

void
story_read(struct story *story, pid_t pid, int fd)
{
    struct holder holders[HOLDERS];
    char target[64];
    uint64_t inode = inode_of(pid, fd, target, sizeof target);
    const char *fifo = fifo_name(target);

    if (story_is_socket(pid, fd)) {
        story_socket(story, pid, fd, 0);
        return;
    }
    story_say(story, "%s waits in read(%d)", story_name(story, pid), fd);
    if (waits_for_input(story, target, inode)) {
        story_say(story, " for more input");
        tell_ended_child(story, pid);
        if (!story_is_in(story, pid, WAIT_CHILD) &&
            !story_is_in(story, pid, WAIT_WRITE))
            story_unread(story, pid, "AP18");
        return;
    }
    if (strncmp(target, "/dev/pts", 8) == 0 ||
        strcmp(target, "/dev/tty") == 0) {
        story_say(story, " for somebody to type at the terminal");
        return;
    }
    if (inode == 0) {
        story_say(story, " on %s", target);
        return;
    }
    size_t n = find_holders(story, inode, O_WRONLY, holders);
    story_say(story, " for %s of ", n > 0 ? "more, or the end," : "the end");
    if (fifo != NULL)
        story_say(story, "FIFO \"%s\"", fifo);
    else
        story_say(story, "its input");
    if (n == 0)
        return;
    tell_holders(story, pid, fifo != NULL, "write", holders, n);
    if (fifo != NULL)
        return; /* there may be a reason: the lab knows */
    size_t own = 0;
    size_t others = 0; /* whose standard output the pipe is may still write */
    for (size_t i = 0; i < n; i++) {
        own += holders[i].pid == pid;
        others += holders[i].fd > STDERR_FILENO;
    }
    if (own > 0)
        story_prove(story, story_part(story, pid) != NULL ? "AP1" : "AP14");
    else if (others > 0 && !story_has_input(story))
        story_prove(story, "AP2");
}

void
story_write(struct story *story, pid_t pid, int fd)
{
    struct holder holders[HOLDERS];
    char target[64];
    uint64_t inode = inode_of(pid, fd, target, sizeof target);
    const char *fifo = fifo_name(target);

    if (story_is_socket(pid, fd)) {
        story_socket(story, pid, fd, 1);
        return;
    }
    story_say(story, "%s waits in write(%d): ", story_name(story, pid), fd);
    if (inode != 0 && fifo != NULL)
        story_say(story, "FIFO \"%s\" is full", fifo);
    else
        story_say(story, "%s is full", inode != 0 ? "the pipe" : target);
    if (inode == 0)
        return;
    size_t n = find_holders(story, inode, O_RDONLY, holders);
    if (n == 0) {
        story_say(story, " and the grader reads no more for now");
        return;
    }
    size_t own = 0;
    size_t writing = 0;
    size_t waiting = 0;
    for (size_t i = 0; i < n; i++) {
        pid_t reader = holders[i].pid;
        own += reader == pid;
        /* Only a half can be at fault, not the programs that it starts. */
        if (reader == pid || (story_part(story, pid) == NULL &&
                                 story_part(story, reader) == NULL))
            continue;
        writing += story_is_in(story, reader, WAIT_WRITE);
        waiting += story_part(story, reader) != NULL &&
                   story_is_in(story, reader, WAIT_CHILD);
    }
    tell_holders(story, pid, fifo != NULL, "read", holders, n);
    if (fifo != NULL)
        return;
    if (own == n) {
        story_say(story, ", so it will never be told that nobody reads");
        story_prove(story, "AP3");
    } else if (waiting > 0) {
        story_say(story, ", which waits for a child to end instead of reading");
        story_prove(story, "AP17");
    } else if (writing > 0) {
        story_say(story, ", which waits in write(), too, instead of reading");
        story_prove(story, "AP8");
    }
}
