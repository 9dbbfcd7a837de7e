/*
 * server.c - one thread, poll(), and pipes that never make it wait
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab.h"
#include "protocol.h"

enum {
    SIZE = 32768
};

static char waiting[SIZE]; /* for the child */
static size_t waiting_size;

/* Reads a block for the child. Returns 0 at the end of the input. */
static int
take_input(void)
{
    ssize_t n = read(STDIN_FILENO, waiting, SIZE);

    if (n == -1 && errno != EINTR)
        die("read");
    waiting_size = n > 0 ? (size_t)n : 0;
    return n != 0;
}

/* Writes what the pipe takes. Returns 0 if nobody reads it any more. */
static int
feed(int fd)
{
    ssize_t n = write(fd, waiting, waiting_size);

    if (n == -1)
        return errno == EAGAIN || errno == EINTR;
    waiting_size -= (size_t)n;
    memmove(waiting, waiting + n, waiting_size);
    return 1;
}

/* Prints what is there. Returns 0 at the end. */
static int
print(int fd)
{
    char bytes[SIZE];
    ssize_t n = read(fd, bytes, sizeof bytes);

    if (n == -1 && errno != EAGAIN && errno != EINTR)
        die("read");
    if (n > 0 && write_all(STDOUT_FILENO, bytes, (size_t)n) == -1)
        return -1;
    return n != 0;
}

static int
serve(int to_child, int from_child)
{
    int is_open = 1;
    int more = 1;

    while (more == 1) {
        int has_input = is_open && waiting_size > 0;
        struct pollfd fds[] = {
            {from_child, POLLIN, 0},
            {is_open && !has_input ? STDIN_FILENO : -1, POLLIN, 0},
            {has_input ? to_child : -1, POLLOUT, 0},
        };
        if (poll(fds, 3, -1) == -1)
            continue;
        if ((fds[1].revents && !take_input()) ||
            (fds[2].revents && !feed(to_child))) {
            close(to_child);
            is_open = 0;
        }
        if (fds[0].revents)
            more = print(from_child);
    }
    return more;
}

int
main(int argc, char *argv[])
{
    int in[2];
    int out[2];
    int status;

    lab_start(argv[0]);
    if (argc < 2)
        usage("PROGRAM [ARG...]");
    if (pipe(in) == -1 || pipe(out) == -1)
        die("pipe");
    pid_t child = fork();
    if (child == -1)
        die("fork");
    if (child == 0) {
        dup2(in[0], 0);
        dup2(out[1], 1);
        for (int fd = 3; fd < 64; fd++)
            close(fd);
        signal(SIGPIPE, SIG_DFL);
        execvp(argv[1], argv + 1);
        complain("%s", argv[1]);
        _exit(STATUS_NOT_STARTED);
    }
    close(in[0]);
    close(out[1]);
    fcntl(in[1], F_SETFL, O_NONBLOCK);
    fcntl(out[0], F_SETFL, O_NONBLOCK);
    int failed = serve(in[1], out[0]) == -1;
    if (failed) {
        complain("write");
        kill(child, SIGKILL);
    }
    while (waitpid(child, &status, 0) == -1)
        continue;
    if (failed)
        return 1;
    return WIFEXITED(status) ? WEXITSTATUS(status)
                             : STATUS_SIGNAL + WTERMSIG(status);
}
