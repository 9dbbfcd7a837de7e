/*
 * cause.c - see cause.h
 *
 * Each thread that waits gets a sentence. A sentence that proves a mistake
 * comes with an id; it goes first. What is not proved is only described.
 */
#include "cause.h"

#include <fcntl.h>
#include <inttypes.h>
#include <linux/futex.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <sys/syscall.h>

#include "census.h"
#include "proc.h"
#include "program.h"
#include "story.h"

enum {
    SENTENCES = 4
};

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
    story_say(story, "%s waits ", story_name(story, thread->pid));
    if (map == NULL) {
        story_say(story, "for a thread of its own (a lock, or pthread_join)");
        return;
    }
    if (strncmp(map->path, "/dev/shm/", 9) != 0) {
        story_say(story, "for a lock that lies in a mapped file");
        if (!(thread->call.argument[1] & FUTEX_PRIVATE_FLAG))
            return;
        story_say(story, ", but was made for one process only");
        story_prove(story, "FM13");
        return;
    }
    const char *name = census_shm_name(map->inode);
    if (name == NULL) {
        int is_alone = is_last(story, thread->pid);
        story_say(story,
            "for a semaphore that was removed%s since it was opened: nobody "
            "%s post it",
            is_alone ? "" : " or made anew",
            is_alone ? "is left who could" : "can");
        story_prove(story, is_alone ? "SEM1" : "SEM2");
        return;
    }
    story_say(story, "for semaphore \"%s\"",
        strncmp(name, "sem.", 4) ? name : name + 4);
    if (story_has_input(story))
        return;
    story_say(story, "; nobody is left who could post it");
    story_prove(story, "SEM1");
}

static void
tell_child(struct story *story, pid_t pid)
{
    story_say(story, "%s waits for its child to end", story_name(story, pid));
    story_unread(story, pid, "AP17");
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
                story_read(story, pid, fds[i].fd);
                return;
            }
    story_say(story, "%s waits in poll() for", story_name(story, pid));
    for (size_t i = 0; i < known; i++)
        if (fds[i].fd >= 0) {
            story_say(story, " ");
            story_object(story, pid, fds[i].fd);
            story_say(story, "%s,",
                fds[i].events & POLLOUT  ? " to take more"
                : fds[i].events & POLLIN ? " to bring something"
                                         : " to break");
        }
    if (used == 0)
        story_say(story, " nothing at all");
}

static void
tell_select(struct story *story, const struct hang_thread *thread)
{
    fd_set sets[2];
    int limit = (int)thread->call.argument[0];

    story_say(
        story, "%s waits in select() for", story_name(story, thread->pid));
    for (int s = 0; s < 2; s++) {
        FD_ZERO(&sets[s]);
        if (thread->call.argument[1 + s] == 0 ||
            proc_memory(thread->pid, thread->call.argument[1 + s], &sets[s],
                sizeof sets[s]) <= 0)
            continue;
        for (int fd = 0; fd < limit && fd < FD_SETSIZE; fd++)
            if (FD_ISSET(fd, &sets[s])) {
                story_say(story, " ");
                story_object(story, thread->pid, fd);
                story_say(story, s ? " to take more," : " to bring something,");
            }
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
    story_say(story, "%s waits in open(\"%s\") for a %s",
        story_name(story, thread->pid), path,
        (flags & O_ACCMODE) == O_RDONLY ? "writer" : "reader");
}

static void
tell(struct story *story, const struct hang_thread *thread)
{
    static const char *const others[WAIT_KINDS] = {
        [WAIT_EPOLL] = "epoll_wait()",
        [WAIT_HELD] = "its turn: the grader holds it there",
        [WAIT_LOCK] = "a file lock",
        [WAIT_SIGNAL] = "a signal",
        [WAIT_SOCKET] = "a socket",
        [WAIT_STOPPED] = "SIGCONT: it was stopped",
        [WAIT_TIMED] = "some time to pass",
    };
    int fd = (int)thread->call.argument[0];
    const struct part *part = story_part(story, thread->pid);

    if (part != NULL && part->relay != NULL && thread->kind != WAIT_STOPPED &&
        story_win32(story, part))
        return;
    if (part == NULL && story_win32_child(story, thread->pid))
        return;
    switch (thread->kind) {
    case WAIT_READ:
        story_read(story, thread->pid, fd);
        break;
    case WAIT_WRITE:
        story_write(story, thread->pid, fd);
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
    case WAIT_SYSV:
        story_sysv(story, thread);
        break;
    default:
        story_say(story, "%s waits for %s", story_name(story, thread->pid),
            others[thread->kind] ? others[thread->kind] : "something");
    }
}

/* A thread that waits for signals, beside one that waits for something. */
static int
is_aside(const struct hang *hang, uint32_t which)
{
    const struct hang_thread *thread = &hang->thread[which];

    if (thread->kind != WAIT_SIGNAL)
        return 0;
    for (uint32_t i = 0; i < hang->threads; i++)
        if (hang->thread[i].pid == thread->pid &&
            hang->thread[i].kind != WAIT_SIGNAL)
            return 1;
    return 0;
}

/* A helper of the grader's has no part in it. */
static int
is_tool(const struct part *part)
{
    return part != NULL && part->path != NULL && program_is_tool(part->path);
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
        if (is_aside(hang, i) ||
            is_tool(story_part(&story, hang->thread[i].pid)))
            continue;
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
