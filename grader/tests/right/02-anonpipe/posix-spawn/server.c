/*
 * server.c - posix_spawnp() instead of fork() and exec
 *
 * The server is the parent: it passes its own input to the child and the
 * child's output to its own, both at the same time. A thread for each
 * direction: when one of them has to wait, the other goes on.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

extern char **environ;

static struct {
    int to_child[2]; /* the reading and the writing end, as pipe() has them */
    int from_child[2];
    pid_t child;
} server = {.child = -1};

/* In the end, the child has nothing but its two ends. */
static void
start_child(char *argv[])
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t set;

    if (pipe(server.to_child) == -1 || pipe(server.from_child) == -1)
        die("pipe");
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, server.to_child[0], 0);
    posix_spawn_file_actions_adddup2(&actions, server.from_child[1], 1);
    for (int i = 0; i < 2; i++) {
        posix_spawn_file_actions_addclose(&actions, server.to_child[i]);
        posix_spawn_file_actions_addclose(&actions, server.from_child[i]);
    }
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &set);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    errno = posix_spawnp(
        &server.child, argv[0], &actions, &attributes, argv, environ);
    if (errno != 0) {
        complain("%s", argv[0]);
        _exit(errno == EAGAIN || errno == ENOMEM ? 1 : STATUS_NOT_STARTED);
    }
    close(server.to_child[0]);
    close(server.from_child[1]);
}

/* The second thread: passes our input to the child, and its end. */
static void *
feed_child(void *unused)
{
    /* TASK 4: copy standard input to the child, until it ends or the child
     * reads no more (EPIPE); then close the pipe: the child sees the end. */
    if (copy_all(STDIN_FILENO, server.to_child[1]) == -1 && errno != EPIPE)
        complain("feed the child");
    close(server.to_child[1]);
    /* END 4 */
    return unused;
}

/* Waits for the child. Returns the exit status that tells how it ended. */
static int
wait_child(void)
{
    int status = 0;

    /* TASK 6: wait for the child, again after EINTR. Its exit status is the
     * result; if a signal ended it, 128 plus the signal's number. */
    while (waitpid(server.child, &status, 0) == -1)
        if (errno != EINTR)
            die("waitpid");
    status = WIFSIGNALED(status) ? STATUS_SIGNAL + WTERMSIG(status)
                                 : WEXITSTATUS(status);
    /* END 6 */
    return status;
}

/* Ends a child that we cannot serve. Returns our own exit status. */
static int
abandon_child(const char *why)
{
    complain("%s", why);
    close(server.from_child[0]);
    kill(server.child, SIGTERM);
    wait_child();
    return 1;
}

int
main(int argc, char *argv[])
{
    pthread_t feeder;

    lab_start(argv[0]);
    if (argc < 2)
        usage("PROGRAM [ARG...]");
    start_child(argv + 1);
    errno = pthread_create(&feeder, NULL, feed_child, NULL);
    if (errno != 0)
        return abandon_child("pthread_create");

    /* TASK 5: copy the child's output to standard output until it ends. If it
     * cannot be written, abandon the child. */
    if (copy_all(server.from_child[0], STDOUT_FILENO) == -1)
        return abandon_child("write");
    /* END 5 */
    return wait_child();
}
