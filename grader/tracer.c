/*
 * tracer.c - see tracer.h
 */
#include "tracer.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fence.h"
#include "proc.h"

enum {
    ATTACH_MS = 5000 /* strace has taken its place, or something is wrong */
};

static const char strace[] = "/usr/bin/strace";

int
tracer_is_there(void)
{
    return access(strace, X_OK) == 0;
}

static _Noreturn void
become_strace(pid_t half, int output, int errors)
{
    char file[32];
    char whom[16];
    sigset_t none;

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    fence_become_half(); /* whom only its own user may trace */
    if (dup2(errors, STDERR_FILENO) == -1 || fcntl(output, F_SETFD, 0) == -1)
        _exit(127);
    snprintf(file, sizeof file, "/proc/self/fd/%d", output);
    snprintf(whom, sizeof whom, "%d", (int)half);
    execl(strace, "strace", "-I", "3", "-f", "-ttt", "-y", "-s", "32", "-o",
        file, "-p", whom, (char *)NULL);
    _exit(127);
}

/* Has strace said that it is attached? It says so, or why not, at once. */
static int
is_attached(int errors)
{
    struct pollfd fd = {errors, POLLIN, 0};
    char said[256] = "";
    size_t size = 0;

    while (size < sizeof said - 1 && strchr(said, '\n') == NULL) {
        if (poll(&fd, 1, ATTACH_MS) != 1)
            return 0;
        ssize_t n = read(errors, said + size, sizeof said - 1 - size);
        if (n <= 0)
            return 0;
        size += (size_t)n;
        said[size] = '\0';
    }
    return strstr(said, " attached") != NULL;
}

static int
make_pipe(int ends[2])
{
    if (pipe(ends) == -1)
        return -1;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return 0;
}

pid_t
tracer_start(pid_t whom, int *output)
{
    int ends[2];
    int errors[2];

    *output = -1;
    if (make_pipe(ends) == -1)
        return -1;
    if (make_pipe(errors) == -1) {
        close(ends[0]);
        close(ends[1]);
        return -1;
    }
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    pid_t pid = fork();
    if (pid == 0)
        become_strace(whom, ends[1], errors[1]);
    close(ends[1]);
    close(errors[1]);
    if (pid > 0)
        proc_hide(pid);
    if (pid > 0 && !is_attached(errors[0]))
        kill(pid, SIGKILL);
    /* What else it says, of new threads, goes nowhere: after "-I 3" it ignores
     * SIGPIPE. */
    close(errors[0]);
    *output = ends[0];
    return pid;
}
