/*
 * server.c - runs a program with its input and output on two anonymous pipes
 *
 * The server is the parent: it passes its own input to the child and the
 * child's output to its own, both at the same time. A thread for each
 * direction: when one of them has to wait, the other goes on.
 */
#include <stdlib.h>

#include "lab.h"
#include "protocol.h"

static struct {
    HANDLE to_child[2]; /* the reading and the writing end */
    HANDLE from_child[2];
    HANDLE child;
} server;

/* Makes a process that reads one pipe and writes the other. */
static void
run_child(char *argv[])
{
    char *line = command_line(argv);

    /* TASK 2: let the child inherit its end of each pipe, and make these, and
     * our own standard error, its standard handles. Run the program, which is
     * looked for in PATH, with its arguments. No such program: say so, and
     * exit with STATUS_NOT_STARTED. */
    /* Given: the child has a copy. */
    free(line);
}

static void
start_child(char *argv[])
{
    /* TASK 1: make both pipes; nobody inherits them yet. */
    /* Given: from here on there are two of us. */
    run_child(argv);

    /* TASK 3: close the two ends that are the child's: whoever reads a pipe
     * sees its end only when nobody at all can write there any more. */
}

/* The second thread: passes our input to the child, and its end. */
static DWORD WINAPI
feed_child(void *unused)
{
    (void)unused;
    /* TASK 4: copy standard input to the child, until it ends or the child
     * reads no more (ERROR_NO_DATA or ERROR_BROKEN_PIPE); then close the pipe:
     * the child sees the end. */
    return 0;
}

/* Waits for the child. Returns its exit status. */
static int
wait_child(void)
{
    DWORD status = 0;

    /* TASK 6: wait for the child. Its exit status is the result. */
    return (int)status;
}

/* Ends a child that we cannot serve. Returns our own exit status. */
static int
abandon_child(const char *why)
{
    complain("%s", why);
    CloseHandle(server.from_child[0]);
    TerminateProcess(server.child, 1);
    wait_child();
    return 1;
}

int
main(int argc, char *argv[])
{
    HANDLE feeder;

    lab_start(argv[0]);
    if (argc < 2)
        usage("PROGRAM [ARG...]");
    start_child(argv + 1);
    feeder = CreateThread(NULL, 0, feed_child, NULL, 0, NULL);
    if (feeder == NULL)
        return abandon_child("CreateThread");
    CloseHandle(feeder);

    /* TASK 5: copy the child's output to standard output until it ends. If it
     * cannot be written, abandon the child. */
    return wait_child();
}
