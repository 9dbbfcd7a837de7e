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
    CloseHandle(server.pipe);
    /* END 2 */
}

static void
make_pipe(void)
{
    /* TASK 1: make the pipe, for bytes that come in, with one instance. A pipe
     * that stands there already is somebody else's: with
     * FILE_FLAG_FIRST_PIPE_INSTANCE, CreateNamedPipe() then refuses. */
    server.pipe = CreateNamedPipe(server.name,
        PIPE_ACCESS_INBOUND | FILE_FLAG_FIRST_PIPE_INSTANCE,
        PIPE_TYPE_BYTE | PIPE_READMODE_BYTE | PIPE_WAIT, 1, 0, BUFFER, 0, NULL);
    if (server.pipe == INVALID_HANDLE_VALUE)
        die("CreateNamedPipe %s", server.name);
    /* END 1 */
}

/* Waits for a client. */
static void
await_client(void)
{
    /* TASK 4: wait until a client has opened the pipe. Two failures are none:
     * it has come already (ERROR_PIPE_CONNECTED), or it has even gone, and
     * what it wrote is still there (ERROR_NO_DATA). */
    if (!ConnectNamedPipe(server.pipe, NULL) &&
        GetLastError() != ERROR_PIPE_CONNECTED &&
        GetLastError() != ERROR_NO_DATA)
        die("ConnectNamedPipe %s", server.name);
    /* END 4 */
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
    if (put_line("ready", strlen("ready")) == -1)
        die("write ready");
    /* END 3 */
    /* Given: now we wait for one. */
    await_client();

    /* TASK 5: copy what comes to standard output, until the client has closed
     * the pipe. */
    if (copy_all(server.pipe, GetStdHandle(STD_OUTPUT_HANDLE)) == -1)
        die("copy from %s", server.name);
    /* END 5 */
    /* Given: nobody can come any more. */
    close_pipe();
    return 0;
}
