#define _GNU_SOURCE /* close_range(2) */
/*
 * leash.c - see leash.h
 */
#include "leash.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sweep.h"
#include "tie.h"

static volatile pid_t child;

static void
end_child(int signal)
{
    (void)signal;
    kill(child, SIGKILL);
}

/* Keeps nothing open: who waits for an end of file waits for the child. */
static _Noreturn void
hold(void)
{
    int status = 125 << 8;

    (void)close_range(0, ~0U, 0);
    while (waitpid(child, &status, 0) == -1 && errno == EINTR)
        continue;
    signal(SIGTERM, SIG_IGN); /* there is no such child any more */
    sweep_processes();
    end_as(status);
}

pid_t
leash_fork(void)
{
    struct sigaction action = {.sa_handler = end_child};
    pid_t parent = getpid();
    sigset_t ends;
    pid_t pid = fork();

    if (pid != 0)
        return pid;
    /* Not before there is a child to end. */
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    sigaction(SIGTERM, &action, NULL);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    tie(parent, SIGTERM);
    parent = getpid();
    child = fork();
    if (child == -1)
        _exit(125);
    if (child == 0) {
        signal(SIGTERM, SIG_DFL);
        tie(parent, SIGKILL);
    }
    sigprocmask(SIG_UNBLOCK, &ends, NULL);
    if (child != 0)
        hold();
    return 0;
}
