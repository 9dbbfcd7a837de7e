/*
 * client.c - copies its input into a named pipe
 */
#include <stdio.h>

#include "lab.h"
#include "protocol.h"

static struct {
    char name[NAME_SIZE]; /* of the pipe */
    HANDLE pipe;          /* the client's end */
} client = {.pipe = INVALID_HANDLE_VALUE};

static void
open_pipe(void)
{
    /* TASK 1: open the pipe, which must exist, for writing only. */
}

/* Waits for a server that has a client already. */
static void
await_pipe(void)
{
    /* TASK 2: as long as the pipe exists and cannot be opened because somebody
     * else has it (ERROR_PIPE_BUSY), wait with WaitNamedPipe(), however long
     * it takes, and open it again: yet another client may be quicker. */
}

int
main(int argc, char *argv[])
{
    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    snprintf(client.name, NAME_SIZE, WIN32_PIPE_FORMAT, argv[1]);
    open_pipe();
    await_pipe();

    /* TASK 3: copy standard input into the pipe, and close it: the server
     * sees the end. It may have gone (ERROR_NO_DATA): say so, exit 1. */
    return 0;
}
