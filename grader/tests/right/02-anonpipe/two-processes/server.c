/*
 * server.c - a second process feeds the child
 */
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

static int in[2];
static int out[2];

static pid_t
start_child(char *argv[])
{
    pid_t pid = fork();

    if (pid != 0)
        return pid;
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    close(in[0]);
    close(in[1]);
    close(out[0]);
    close(out[1]);
    signal(SIGPIPE, SIG_DFL);
    execvp(argv[0], argv);
    complain("%s", argv[0]);
    _exit(STATUS_NOT_STARTED);
}

static pid_t
start_feeder(void)
{
    pid_t pid = fork();

    if (pid != 0)
        return pid;
    close(in[0]);
    close(out[0]);
    close(out[1]);
    if (copy_all(STDIN_FILENO, in[1]) == -1 && errno != EPIPE)
        complain("feed");
    _exit(0);
}

static int
wait_for(pid_t pid)
{
    int status = 0;

    while (waitpid(pid, &status, 0) == -1)
        if (errno != EINTR)
            die("waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status)
                             : STATUS_SIGNAL + WTERMSIG(status);
}

int
main(int argc, char *argv[])
{
    lab_start(argv[0]);
    if (argc < 2)
        usage("PROGRAM [ARG...]");
    if (pipe(in) == -1 || pipe(out) == -1)
        die("pipe");
    pid_t child = start_child(argv + 1);
    if (child == -1)
        die("fork");
    pid_t feeder = start_feeder();
    if (feeder == -1) {
        complain("fork");
        kill(child, SIGTERM);
        wait_for(child);
        return 1;
    }
    close(in[0]);
    close(in[1]);
    close(out[1]);
    int failed = copy_all(out[0], STDOUT_FILENO) == -1;
    if (failed) {
        complain("write");
        close(out[0]);
        kill(child, SIGTERM);
    }
    kill(feeder, SIGTERM);
    wait_for(feeder);
    int status = wait_for(child);
    return failed ? 1 : status;
}
