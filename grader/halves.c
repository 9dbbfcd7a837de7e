/*
 * halves.c - see halves.h
 */
#include "halves.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sweep.h"
#include "trace.h"

struct program halves[HALVES];
uint32_t halves_strays;

static int children; /* signalfd: a child has ended */

int
halves_begin(void)
{
    sigset_t ended;

    for (int i = 0; i < HALVES; i++)
        halves[i] = (struct program){.input = -1, .output = {-1, -1}};
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ended, NULL);
    children = signalfd(-1, &ended, SFD_NONBLOCK | SFD_CLOEXEC);
    return children;
}

struct program *
halves_find(pid_t pid)
{
    for (int i = 0; i < HALVES; i++)
        if (halves[i].state.pid == pid)
            return &halves[i];
    return NULL;
}

/* Takes the news of ended processes. Returns 1 if there were any. */
static int
reap(void)
{
    struct signalfd_siginfo info;
    int status;
    int news = 0;
    pid_t pid;

    while (read(children, &info, sizeof info) > 0)
        continue;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        struct program *half = halves_find(pid);
        if (half != NULL)
            program_ended(half, status);
        else if (!trace_reaped(pid))
            halves_strays++;
        news = 1;
    }
    return news;
}

enum event
halves_pump(int socket, int timeout, pid_t *caller)
{
    struct pollfd fds[2 + 5 * HALVES];
    struct pollfd *calls = &fds[2 + 3 * HALVES];
    int moved = 0;
    int called = 0;

    fds[0] = (struct pollfd){socket, POLLIN, 0};
    fds[1] = (struct pollfd){children, POLLIN, 0};
    for (int i = 0; i < HALVES; i++)
        program_poll(&halves[i], &fds[2 + 3 * i]);
    for (int i = 0; i < HALVES; i++)
        control_poll(halves[i].control, &calls[i]);
    trace_poll(&fds[2 + 4 * HALVES]);
    if (poll(fds, 2 + 5 * HALVES, timeout) <= 0)
        return EVENT_NONE;
    trace_pump();
    for (int i = 0; i < HALVES; i++)
        if (fds[2 + 3 * i].revents | fds[3 + 3 * i].revents |
            fds[4 + 3 * i].revents)
            moved |= program_pump(&halves[i]);
    for (int i = 0; i < HALVES; i++)
        if (control_pump(halves[i].control, calls[i].revents)) {
            *caller = halves[i].state.pid;
            called = 1;
        }
    if (fds[1].revents)
        moved |= reap();
    if (moved || called)
        return moved ? EVENT_MOVED : EVENT_CALLED;
    return fds[0].revents ? EVENT_ASKED : EVENT_NONE;
}

int
halves_release(void)
{
    int released = 0;

    for (int i = 0; i < HALVES; i++)
        released |= control_release(halves[i].control);
    return released;
}

void
halves_forget(void)
{
    trace_forget();
    sweep_processes();
    for (int i = 0; i < HALVES; i++)
        program_forget(&halves[i]);
}
