/*
 * story_socket.c - who waits for which socket (see story.h)
 */
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "census_socket.h"
#include "proc.h"
#include "story.h"

int
story_is_socket(pid_t pid, int fd)
{
    struct stat status;

    return proc_fd_stat(pid, fd, &status) == 0 && S_ISSOCK(status.st_mode);
}

/* "./x" and "x" are the same. */
static const char *
plain(const char *name)
{
    return strncmp(name, "./", 2) == 0 ? name + 2 : name;
}

/* Who takes what is sent to that name? */
static const char *
find_owner(struct story *story, const char *name)
{
    int fds[PROC_LIMIT];
    struct census_socket socket;

    for (uint32_t i = 0; i < story->hang->threads; i++) {
        pid_t pid = story->hang->thread[i].pid;
        size_t n = proc_fds(pid, fds, PROC_LIMIT);
        for (size_t f = 0; f < n; f++)
            if (story_is_socket(pid, fds[f]) &&
                census_socket(pid, fds[f], &socket) == 0 &&
                strcmp(plain(socket.bound), plain(name)) == 0)
                return story_name(story, pid);
    }
    return NULL;
}

void
story_socket(struct story *story, pid_t pid, int fd, int is_writing)
{
    struct census_socket socket;

    story_say(story, "%s waits ", story_name(story, pid));
    if (census_socket(pid, fd, &socket) == -1) {
        story_say(story, "for its socket (fd %d)", fd);
        return;
    }
    if (!is_writing) {
        if (socket.bound[0] != '\0')
            story_say(story, "for a message at its socket \"%s\" (fd %d)",
                plain(socket.bound), fd);
        else
            story_say(story,
                "for a message at a socket (fd %d) that has no name: nobody "
                "can send to it",
                fd);
        return;
    }
    const char *owner = find_owner(story, socket.peer);
    story_say(story, "to send to \"%s\" (fd %d): ", plain(socket.peer), fd);
    if (owner != NULL)
        story_say(
            story, "the mailbox is full, and %s takes nothing out", owner);
    else
        story_say(story, "the mailbox is full");
}
