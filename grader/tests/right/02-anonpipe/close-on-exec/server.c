/*
 * server.c - exec closes the pipes; two threads, both of them copy
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

struct way {
    int from;
    int to;
};

static void
make_pipe(int ends[2])
{
    if (pipe(ends) == -1)
        die("pipe");
    for (int i = 0; i < 2; i++)
        fcntl(ends[i], F_SETFD, FD_CLOEXEC);
}

static void *
feed(void *data)
{
    const struct way *way = data;

    if (copy_all(way->from, way->to) == -1 && errno != EPIPE)
        complain("feed the child");
    close(way->to);
    return NULL;
}

static void *
print(void *data)
{
    const struct way *way = data;

    if (copy_all(way->from, way->to) == 0)
        return NULL;
    complain("standard output");
    return data;
}

static int
wait_for(pid_t child)
{
    int status = 0;

    while (waitpid(child, &status, 0) == -1)
        if (errno != EINTR)
            die("waitpid");
    return WIFSIGNALED(status) ? STATUS_SIGNAL + WTERMSIG(status)
                               : WEXITSTATUS(status);
}

int
main(int argc, char *argv[])
{
    int in[2];
    int out[2];
    pthread_t threads[2];
    void *failed;

    lab_start(argv[0]);
    if (argc < 2)
        usage("PROGRAM [ARG...]");
    make_pipe(in);
    make_pipe(out);
    pid_t child = fork();
    if (child == -1)
        die("fork");
    if (child == 0) {
        if (dup2(in[0], STDIN_FILENO) == -1 ||
            dup2(out[1], STDOUT_FILENO) == -1)
            die("dup2");
        signal(SIGPIPE, SIG_DFL);
        execvp(argv[1], argv + 1);
        complain("%s", argv[1]);
        _exit(STATUS_NOT_STARTED);
    }
    close(in[0]);
    close(out[1]);
    struct way down = {STDIN_FILENO, in[1]};
    struct way up = {out[0], STDOUT_FILENO};
    errno = pthread_create(&threads[0], NULL, feed, &down);
    if (errno == 0)
        errno = pthread_create(&threads[1], NULL, print, &up);
    if (errno != 0) {
        complain("pthread_create");
        kill(child, SIGKILL);
        wait_for(child);
        return 1;
    }
    pthread_detach(threads[0]);
    pthread_join(threads[1], &failed);
    if (failed != NULL)
        kill(child, SIGKILL);
    int status = wait_for(child);
    exit(failed != NULL ? 1 : status);
}
