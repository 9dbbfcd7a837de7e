/*
 * miniature.c - runs a program and tells how many bytes it prints
 *
 * usage: miniature PROGRAM [ARG...]
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab.h"

enum {
    BLOCK = 4096
};

/* The child: writes into the pipe what it would have printed. */
static _Noreturn void
run_child(int ends[2], char *argv[])
{
    /* Standard output becomes a second name for the pipe's writing end. */
    if (dup2(ends[1], STDOUT_FILENO) == -1)
        die("dup2");
    /* The first names are not wanted in the program that comes now. */
    close(ends[0]);
    close(ends[1]);
    signal(SIGPIPE, SIG_DFL); /* lab_start() changed it; programs expect it */
    execvp(argv[0], argv);
    /* Still here? Then there is no such program. */
    complain("%s", argv[0]);
    _exit(127);
}

/* Reads until nobody can write any more. Returns the number of bytes. */
static unsigned long
count_bytes(int fd)
{
    char bytes[BLOCK];
    unsigned long count = 0;
    ssize_t n;

    while ((n = read(fd, bytes, sizeof bytes)) != 0) {
        if (n > 0)
            count += (unsigned long)n;
        else if (errno != EINTR)
            die("read");
    }
    return count;
}

int
main(int argc, char *argv[])
{
    int ends[2]; /* ends[0] to read from, ends[1] to write to */
    int status;
    pid_t child;

    lab_start(argv[0]);
    if (argc < 2)
        usage("PROGRAM [ARG...]");
    if (pipe(ends) == -1)
        die("pipe");
    child = fork();
    if (child == -1)
        die("fork");
    if (child == 0)
        run_child(ends, argv + 1);
    /* We only read. While we could write, read() would never see the end. */
    close(ends[1]);
    printf("%lu bytes\n", count_bytes(ends[0]));
    if (fflush(stdout) == EOF)
        die("write");
    /* The child is done, but its exit status waits for us to fetch it. */
    while (waitpid(child, &status, 0) == -1)
        if (errno != EINTR)
            die("waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
