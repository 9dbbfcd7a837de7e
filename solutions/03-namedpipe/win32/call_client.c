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
    for (;;) {
        client.pipe = CreateFile(client.name, GENERIC_READ | GENERIC_WRITE, 0,
            NULL, OPEN_EXISTING, 0, NULL);
        if (client.pipe != INVALID_HANDLE_VALUE)
            break;
        if (GetLastError() != ERROR_PIPE_BUSY)
            die("CreateFile %s", client.name);
        if (!WaitNamedPipe(client.name, NMPWAIT_WAIT_FOREVER))
            die("WaitNamedPipe %s", client.name);
    }
    /* END 1 */

    /* TASK 2: let our end of the pipe read message by message: whatever the
     * pipe's type, it would read bytes. */
    DWORD mode = PIPE_READMODE_MESSAGE;

    if (!SetNamedPipeHandleState(client.pipe, &mode, NULL, NULL))
        die("SetNamedPipeHandleState %s", client.name);
    /* END 2 */
}

static void
close_pipe(void)
{
    /* TASK 3: close the pipe. */
    CloseHandle(client.pipe);
    /* END 3 */
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
    request.pid = (int32_t)GetCurrentProcessId();
    BOOL is_whole = TransactNamedPipe(client.pipe, &request, sizeof request,
        &client.reply, sizeof client.reply, &client.size, NULL);
    if (!is_whole && GetLastError() != ERROR_MORE_DATA)
        die("call %s", client.name);
    /* END 4 */

    /* TASK 5: a reply that makes no sense: exit 1. */
    if (!is_whole || client.size != sizeof client.reply ||
        client.reply.length > TEXT_LIMIT)
        diex("a reply of %lu bytes makes no sense", client.size);
    /* END 5 */
}

static void
print_reply(void)
{
    /* TASK 6: print "SERIAL: TEXT". */
    const struct reply *reply = &client.reply;
    char text[TEXT_LIMIT + 16];
    int n = snprintf(text, sizeof text, "%lu: ", (unsigned long)reply->serial);

    memcpy(text + n, reply->text, reply->length);
    if (put_line(text, (size_t)n + reply->length) == -1)
        die("write");
    /* END 6 */
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
