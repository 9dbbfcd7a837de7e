/*
 * server.c - prints what a client writes into a named pipe
 *
 * A named pipe has a server's end and a client's end: two programs that have
 * never heard of each other meet there. ConnectNamedPipe() waits until both
 * have come.
 */
#include <stdio.h>
#include <string.h>

#include "lab.h"
#include "protocol.h"

enum {
    BUFFER = 65536 /* bytes that the client may be ahead of us */
};

static struct {
    char name[NAME_SIZE]; /* of the pipe */
    HANDLE pipe;          /* the server's end */
} server = {.pipe = INVALID_HANDLE_VALUE};

static void
close_pipe(void)
{
    /* TASK 2: close the pipe: its name goes with the last handle, after a
     * crash as well. */
}

static void
make_pipe(void)
{
    /* TASK 1: make the pipe, for bytes that come in, with one instance. A pipe
     * that stands there already is somebody else's: with
     * FILE_FLAG_FIRST_PIPE_INSTANCE, CreateNamedPipe() then refuses. */
}

/* Waits for a client. */
static void
await_client(void)
{
    /* TASK 4: wait until a client has opened the pipe. Two failures are none:
     * it has come already (ERROR_PIPE_CONNECTED), or it has even gone, and
     * what it wrote is still there (ERROR_NO_DATA). */
}

int
main(int argc, char *argv[])
{
    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    snprintf(server.name, NAME_SIZE, WIN32_PIPE_FORMAT, argv[1]);
    make_pipe();

    /* TASK 3: print the line "ready": from now on a client may come. */
    /* Given: now we wait for one. */
    await_client();

    /* TASK 5: copy what comes to standard output, until the client has closed
     * the pipe. */
    /* Given: nobody can come any more. */
    close_pipe();
    return 0;
}
