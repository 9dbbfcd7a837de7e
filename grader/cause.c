/*
 * cause.c - see cause.h
 *
 * Each thread that waits gets a sentence. A sentence that proves a mistake
 * comes with an id; it goes first. What is not proved is only described.
 */
#include "cause.h"

#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "census.h"
#include "proc.h"

enum {
    SENTENCE = 320,
    SENTENCES = 4,
    HOLDERS = 8
};

/* A descriptor of some process on the pipe in question. */
struct holder {
    pid_t pid;
    int fd;
};

struct story {
    const struct hang *hang;
    const struct part *parts;
    size_t nparts;
    char id[8];
    char text[SENTENCE];
};

static void say(struct story *story, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
say(struct story *story, const char *format, ...)
{
    size_t used = strlen(story->text);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(story->text + used, sizeof story->text - used, format, arguments);
    va_end(arguments);
}

static void
prove(struct story *story, const char *id)
{
    snprintf(story->id, sizeof story->id, "%s", id);
}

static const struct part *
part_of(const struct story *story, pid_t pid)
{
    for (size_t i = 0; i < story->nparts; i++)
        if (story->parts[i].pid == pid)
            return &story->parts[i];
    return NULL;
}

/* "server", or the name of a program that a half has started. */
static const char *
name_of(const struct story *story, pid_t pid)
{
    static char names[2][24]; /* two may stand in one sentence */
    static int turn;
    struct proc_stat stat;
    const struct part *part = part_of(story, pid);

    if (part != NULL)
        return part->name;
    turn = !turn;
    if (proc_stat(pid, &stat) == -1)
        return "a process that is gone";
    snprintf(names[turn], sizeof names[turn], "%s", stat.name);
    return names[turn];
}

/* Inode of the pipe, FIFO or socket behind a descriptor; 0 if it is none. */
static uint64_t
inode_of(pid_t pid, int fd, char *target, size_t size)
{
    uint64_t inode = 0;

    if (proc_fd(pid, fd, target, size) == -1) {
        snprintf(target, size, "a closed descriptor");
        return 0;
    }
    if (sscanf(target, "pipe:[%" SCNu64 "]", &inode) == 1)
        snprintf(target, size, "a pipe");
    return inode;
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
waits_for_input(const struct story *story, uint64_t inode)
{
    for (size_t i = 0; i < story->nparts; i++)
        if (inode != 0 && story->parts[i].input == inode)
            return story->parts[i].is_fed;
    return 0;
}

static int
somebody_waits_for_input(const struct story *story)
{
    char target[64];

    for (uint32_t i = 0; i < story->hang->threads; i++) {
        const struct hang_thread *t = &story->hang->thread[i];
        if (t->kind == WAIT_READ &&
            waits_for_input(story, inode_of(t->pid, (int)t->call.argument[0],
                                       target, sizeof target)))
            return 1;
    }
    return 0;
}

static void
tell_holders(struct story *story, pid_t pid, const char *end,
    const struct holder *holders, size_t n)
{
    say(story, "; the %s end of that pipe is still open in ", end);
    for (size_t i = 0; i < n; i++)
        say(story, "%s%s%s (fd %d)", i == 0 ? "" : " and ",
            name_of(story, holders[i].pid),
            holders[i].pid == pid ? " itself" : "", holders[i].fd);
}

/* Does a thread of the process wait in such a call? */
static int
is_in(const struct story *story, pid_t pid, enum wait_kind kind)
{
    for (uint32_t i = 0; i < story->hang->threads; i++)
        if (story->hang->thread[i].pid == pid &&
            story->hang->thread[i].kind == kind)
            return 1;
    return 0;
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

/* A half waits for something else, and what was sent to it lies in a pipe:
 * nobody else will ever read it. */
static void
tell_unread(struct story *story, pid_t pid, const char *id)
{
    const struct part *part = part_of(story, pid);
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
        say(story, ", while %d bytes lie unread in its pipe (fd %d)", bytes,
            fds[i]);
        prove(story, id);
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
            say(story, ", although its child %s has ended", stats[i].name);
            return;
        }
}

/* Waits to read a pipe: whoever can write there keeps it waiting. */
static void
tell_read(struct story *story, pid_t pid, int fd)
{
    struct holder holders[HOLDERS];
    char target[64];
    uint64_t inode = inode_of(pid, fd, target, sizeof target);

    say(story, "%s waits in read(%d)", name_of(story, pid), fd);
    if (waits_for_input(story, inode)) {
        say(story, " for more input");
        tell_ended_child(story, pid);
        if (!is_in(story, pid, WAIT_CHILD) && !is_in(story, pid, WAIT_WRITE))
            tell_unread(story, pid, "AP18");
        return;
    }
    if (strncmp(target, "/dev/pts", 8) == 0 ||
        strcmp(target, "/dev/tty") == 0) {
        say(story, " for somebody to type at the terminal");
        return;
    }
    if (inode == 0) {
        say(story, " on %s", target);
        return;
    }
    size_t n = find_holders(story, inode, O_WRONLY, holders);
    say(story, " for %s of its input", n > 0 ? "more, or the end," : "the end");
    if (n == 0)
        return;
    tell_holders(story, pid, "write", holders, n);
    size_t own = 0;
    size_t others = 0; /* whose standard output the pipe is may still write */
    for (size_t i = 0; i < n; i++) {
        own += holders[i].pid == pid;
        others += holders[i].fd > STDERR_FILENO;
    }
    if (own > 0)
        prove(story, part_of(story, pid) != NULL ? "AP1" : "AP14");
    else if (others > 0 && !somebody_waits_for_input(story))
        prove(story, "AP2");
}

/* Waits to write a full pipe: whoever could read there does not. */
static void
tell_write(struct story *story, pid_t pid, int fd)
{
    struct holder holders[HOLDERS];
    char target[64];
    uint64_t inode = inode_of(pid, fd, target, sizeof target);

    say(story, "%s waits in write(%d): %s is full", name_of(story, pid), fd,
        inode != 0 ? "the pipe" : target);
    if (inode == 0)
        return;
    size_t n = find_holders(story, inode, O_RDONLY, holders);
    if (n == 0) {
        say(story, " and the grader reads no more for now");
        return;
    }
    size_t own = 0;
    size_t writing = 0;
    size_t waiting = 0;
    for (size_t i = 0; i < n; i++) {
        pid_t reader = holders[i].pid;
        own += reader == pid;
        /* Only a half can be at fault, not the programs that it starts. */
        if (reader == pid ||
            (part_of(story, pid) == NULL && part_of(story, reader) == NULL))
            continue;
        writing += is_in(story, reader, WAIT_WRITE);
        waiting +=
            part_of(story, reader) != NULL && is_in(story, reader, WAIT_CHILD);
    }
    tell_holders(story, pid, "read", holders, n);
    if (own == n) {
        say(story, ", so it will never be told that nobody reads");
        prove(story, "AP3");
    } else if (waiting > 0) {
        say(story, ", which waits for a child to end instead of reading");
        prove(story, "AP17");
    } else if (writing > 0) {
        say(story, ", which waits in write(), too, instead of reading");
        prove(story, "AP8");
    }
}

/* Which file of the lab does the futex's word lie in? */
static const struct census_map *
map_at(const struct census_process *process, uint64_t address)
{
    for (uint32_t i = 0; i < process->maps; i++)
        if (address - process->map[i].start < process->map[i].size)
            return &process->map[i];
    return NULL;
}

/* Have all other processes ended? */
static int
is_last(const struct story *story, pid_t pid)
{
    for (uint32_t i = 0; i < story->hang->threads; i++)
        if (story->hang->thread[i].pid != pid)
            return 0;
    return 1;
}

static void
tell_futex(struct story *story, const struct hang_thread *thread)
{
    static struct census_process process;
    const struct census_map *map = NULL;

    if (census_process(thread->pid, &process) == 0)
        map = map_at(&process, thread->call.argument[0]);
    say(story, "%s waits ", name_of(story, thread->pid));
    if (map == NULL) {
        say(story, "for a thread of its own (a lock, or pthread_join)");
        return;
    }
    if (strncmp(map->path, "/dev/shm/", 9) != 0) {
        say(story, "for a lock that lies in a mapped file");
        prove(story, "FM13");
        return;
    }
    const char *name = census_shm_name(map->inode);
    if (name == NULL) {
        int is_alone = is_last(story, thread->pid);
        say(story,
            "for a semaphore that was removed%s since it was opened: nobody "
            "%s post it",
            is_alone ? "" : " or made anew",
            is_alone ? "is left who could" : "can");
        prove(story, is_alone ? "SEM1" : "SEM2");
        return;
    }
    say(story, "for semaphore \"%s\"",
        strncmp(name, "sem.", 4) ? name : name + 4);
    if (somebody_waits_for_input(story))
        return;
    say(story, "; nobody is left who could post it");
    prove(story, "SEM1");
}

static void
tell_child(struct story *story, pid_t pid)
{
    say(story, "%s waits for its child to end", name_of(story, pid));
    tell_unread(story, pid, "AP17");
}

/* The descriptors of poll(2), which lie in the process's memory. */
static void
tell_poll(struct story *story, const struct hang_thread *thread)
{
    struct pollfd fds[16];
    uint64_t n = thread->call.argument[1];
    pid_t pid = thread->pid;

    if (n > 16)
        n = 16;
    ssize_t got = proc_memory(
        pid, thread->call.argument[0], fds, (size_t)n * sizeof fds[0]);
    size_t known = got > 0 ? (size_t)got / sizeof fds[0] : 0;
    size_t used = 0;
    for (size_t i = 0; i < known; i++)
        used += fds[i].fd >= 0;
    if (used == 1)
        for (size_t i = 0; i < known; i++)
            if (fds[i].fd >= 0 && (fds[i].events & POLLIN)) {
                tell_read(story, pid, fds[i].fd);
                return;
            }
    say(story, "%s waits in poll() for", name_of(story, pid));
    for (size_t i = 0; i < known; i++)
        if (fds[i].fd >= 0)
            say(story, " fd %d to %s,", fds[i].fd,
                fds[i].events & POLLOUT ? "be written" : "be read");
    if (used == 0)
        say(story, " nothing at all");
}

static void
tell_select(struct story *story, const struct hang_thread *thread)
{
    fd_set sets[2];
    int limit = (int)thread->call.argument[0];

    say(story, "%s waits in select() for", name_of(story, thread->pid));
    for (int s = 0; s < 2; s++) {
        FD_ZERO(&sets[s]);
        if (thread->call.argument[1 + s] == 0 ||
            proc_memory(thread->pid, thread->call.argument[1 + s], &sets[s],
                sizeof sets[s]) <= 0)
            continue;
        for (int fd = 0; fd < limit && fd < FD_SETSIZE; fd++)
            if (FD_ISSET(fd, &sets[s]))
                say(story, " fd %d to %s,", fd, s ? "be written" : "be read");
    }
}

static void
tell_open(struct story *story, const struct hang_thread *thread)
{
    char path[64] = "";
    int is_at = thread->call.number == SYS_openat;
    uint64_t address = thread->call.argument[is_at ? 1 : 0];
    uint64_t flags = thread->call.argument[is_at ? 2 : 1];

    proc_memory(thread->pid, address, path, sizeof path - 1);
    say(story, "%s waits in open(\"%s\") for a %s", name_of(story, thread->pid),
        path, (flags & O_ACCMODE) == O_RDONLY ? "writer" : "reader");
}

static void
tell(struct story *story, const struct hang_thread *thread)
{
    static const char *const others[] = {
        [WAIT_EPOLL] = "epoll_wait()",
        [WAIT_LOCK] = "a file lock",
        [WAIT_SIGNAL] = "a signal",
        [WAIT_SOCKET] = "a socket",
        [WAIT_SYSV] = "a System V queue or semaphore",
        [WAIT_STOPPED] = "SIGCONT: it was stopped",
        [WAIT_TIMED] = "some time to pass",
    };
    int fd = (int)thread->call.argument[0];

    switch (thread->kind) {
    case WAIT_READ:
        tell_read(story, thread->pid, fd);
        break;
    case WAIT_WRITE:
        tell_write(story, thread->pid, fd);
        break;
    case WAIT_FUTEX:
        tell_futex(story, thread);
        break;
    case WAIT_CHILD:
        tell_child(story, thread->pid);
        break;
    case WAIT_POLL:
        tell_poll(story, thread);
        break;
    case WAIT_SELECT:
        tell_select(story, thread);
        break;
    case WAIT_OPEN:
        tell_open(story, thread);
        break;
    default:
        say(story, "%s waits for %s", name_of(story, thread->pid),
            others[thread->kind] ? others[thread->kind] : "something");
    }
}

void
cause_tell(const struct hang *hang, const struct part *parts, size_t nparts,
    char *id, size_t id_size, char *text, size_t size)
{
    char proved[SENTENCE * SENTENCES] = "";
    char others[SENTENCE * SENTENCES] = "";

    id[0] = '\0';
    for (uint32_t i = 0; i < hang->threads; i++) {
        struct story story = {hang, parts, nparts, "", ""};
        tell(&story, &hang->thread[i]);
        size_t length = strlen(story.text);
        if (length > 0 && story.text[length - 1] == ',')
            story.text[length - 1] = '\0';
        char *list = story.id[0] != '\0' ? proved : others;
        if (strstr(list, story.text) != NULL)
            continue; /* several threads in the same call */
        size_t used = strlen(list);
        snprintf(list + used, sizeof proved - used, "%s%s",
            used > 0 ? ". " : "", story.text);
        if (id[0] == '\0')
            snprintf(id, id_size, "%s", story.id);
    }
    snprintf(text, size, "%s%s%s", proved,
        proved[0] != '\0' && others[0] != '\0' ? ". " : "", others);
}
