/*
 * server.c - runs a program with its input and output on two anonymous pipes
 *
 * The server is the parent: it passes its own input to the child and the
 * child's output to its own, both at the same time. A thread for each
 * direction: when one of them has to wait, the other goes on.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static struct {
    int to_child[2]; /* the reading and the writing end, as pipe() has them */
    int from_child[2];
    pid_t child;
} server = {.child = -1};

/* The child: becomes PROGRAM, which reads one pipe and writes the other. */
static _Noreturn void
run_child(char *argv[])
{
    /* TASK 2: put the child's end of each pipe on standard input and output.
     * Close all four descriptors of the pipes: they have done their work.
     * Give SIGPIPE its default action back. Run the program, which is looked
     * for in PATH, with its arguments. */
    if (dup2(server.to_child[0], STDIN_FILENO) == -1 ||
        dup2(server.from_child[1], STDOUT_FILENO) == -1)
        die("dup2");
    close(server.to_child[0]);
    close(server.to_child[1]);
    close(server.from_child[0]);
    close(server.from_child[1]);
    signal(SIGPIPE, SIG_DFL);
    execvp(argv[0], argv);
    /* END 2 */
    /* Given: whoever comes here could not become PROGRAM. */
    complain("%s", argv[0]);
    _exit(STATUS_NOT_STARTED);
}

static void
start_child(char *argv[])
{
    /* TASK 1: make both pipes, then the child. */
    if (pipe(server.to_child) == -1 || pipe(server.from_child) == -1)
        die("pipe");
    server.child = fork();
    if (server.child == -1)
        die("fork");
    /* END 1 */
    /* Given: from here on there are two of us, and the child goes its way. */
    if (server.child == 0)
        run_child(argv);

    /* TASK 3: close the two ends that are the child's: whoever reads a pipe
     * sees its end only when nobody at all can write there any more. */
    close(server.to_child[0]);
    close(server.from_child[1]);
    /* END 3 */
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
