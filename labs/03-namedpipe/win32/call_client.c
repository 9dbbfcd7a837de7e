/*
 * call_client.c - sends each line of its input to a server and prints the reply
 *
 * Requests and replies go through the same pipe, which keeps messages apart.
 * One call sends a request and waits for its reply.
 */
#include <stdio.h>
#include <string.h>

#include "lab.h"
#include "protocol.h"

static struct {
    char name[NAME_SIZE]; /* of the pipe */
    HANDLE pipe;          /* the client's end */
    char line[TEXT_LIMIT];
    struct reply reply;
    DWORD size; /* of the reply */
} client = {.pipe = INVALID_HANDLE_VALUE};

static void
open_pipe(void)
{
    /* TASK 1: open the pipe, which must exist, for reading and writing. As
     * long as it cannot be opened because all instances have a client
     * (ERROR_PIPE_BUSY), wait with WaitNamedPipe() and open it again: yet
     * another client may be quicker. */

    /* TASK 2: let our end of the pipe read message by message: whatever the
     * pipe's type, it would read bytes. */
}

static void
close_pipe(void)
{
    /* TASK 3: close the pipe. */
}

/* Sends a request, waits for the reply. */
static void
call_server(size_t length)
{
    struct request request = {.length = (uint32_t)length};

    memcpy(request.text, client.line, length);
    /* TASK 4: put your process ID in; send the request, and take the reply,
     * with one TransactNamedPipe(). A reply that is too long for us
     * (ERROR_MORE_DATA) is a reply. */

    /* TASK 5: a reply that makes no sense: exit 1. */
}

static void
print_reply(void)
{
    /* TASK 6: print "SERIAL: TEXT". */
}

int
main(int argc, char *argv[])
{
    unsigned long lines = 1;
    ssize_t length;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    snprintf(client.name, NAME_SIZE, WIN32_PIPE_FORMAT, argv[1]);
    open_pipe();
    for (; (length = read_line(client.line, TEXT_LIMIT)) >= 0; lines++) {
        call_server((size_t)length);
        print_reply();
    }
    close_pipe();
    /* Given: the input may have ended early. */
    if (length == LINE_TOO_LONG)
        diex("line %lu is longer than %d bytes", lines, TEXT_LIMIT);
    if (length == LINE_ERROR)
        die("read standard input");
    return 0;
}
