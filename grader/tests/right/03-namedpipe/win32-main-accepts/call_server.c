/*
 * call_server.c - main() takes the clients, a thread serves each of them
 *
 * As in Microsoft's "Multithreaded Pipe Server". Whoever has sent the last of
 * COUNT replies waits until it was read, and ends the program.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lab.h"
#include "protocol.h"

static char name[NAME_SIZE];
static volatile LONG serial;
static volatile LONG sent;
static LONG limit;

static HANDLE
make_instance(void)
{
    HANDLE pipe = CreateNamedPipe(name, PIPE_ACCESS_DUPLEX,
        PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE | PIPE_WAIT,
        PIPE_UNLIMITED_INSTANCES, sizeof(struct reply), sizeof(struct request),
        0, NULL);

    if (pipe == INVALID_HANDLE_VALUE)
        die("CreateNamedPipe %s", name);
    return pipe;
}

static int
await_client(HANDLE pipe)
{
    if (ConnectNamedPipe(pipe, NULL))
        return 0;
    switch (GetLastError()) {
    case ERROR_PIPE_CONNECTED:
    case ERROR_NO_DATA:
        return 0;
    }
    return -1;
}

/* Returns the size of the whole message, 0 at the end. */
static DWORD
read_message(HANDLE pipe, struct request *request)
{
    char all[4096];
    DWORD size = 0;
    DWORD n = 0;
    DWORD error;

    do {
        error = ReadFile(pipe, all, sizeof all, &n, NULL) ? 0 : GetLastError();
        if (error != 0 && error != ERROR_MORE_DATA)
            return 0;
        if (size == 0)
            memcpy(request, all, n < sizeof *request ? n : sizeof *request);
        size += n;
    } while (error == ERROR_MORE_DATA);
    return size;
}

static void
answer(HANDLE pipe, const struct request *request, LONG number)
{
    struct reply reply = {(uint32_t)number, request->length, ""};
    DWORD n;

    memcpy(reply.text, request->text, request->length);
    WriteFile(pipe, &reply, sizeof reply, &n, NULL);
    if (InterlockedIncrement(&sent) == limit) {
        FlushFileBuffers(pipe);
        exit(0);
    }
}

static DWORD WINAPI
serve(void *argument)
{
    HANDLE pipe = argument;
    struct request request;
    DWORD size;

    while ((size = read_message(pipe, &request)) > 0) {
        if (size != sizeof request || request.length > TEXT_LIMIT) {
            complainx("nonsense of %lu bytes", size);
            continue;
        }
        LONG number = InterlockedIncrement(&serial);
        if (limit != 0 && number > limit)
            break;
        answer(pipe, &request, number);
    }
    FlushFileBuffers(pipe);
    DisconnectNamedPipe(pipe);
    CloseHandle(pipe);
    return 0;
}

int
main(int argc, char *argv[])
{
    lab_start(argv[0]);
    if (argc < 2 || argc > 3)
        usage("NAME [COUNT]");
    check_name(argv[1]);
    limit = argc == 3 ? parse_count("COUNT", argv[2]) : 0;
    snprintf(name, sizeof name, WIN32_PIPE_FORMAT, argv[1]);
    HANDLE pipe = make_instance();
    if (put_line("ready", 5) == -1)
        die("write");
    for (;;) {
        if (await_client(pipe) == -1)
            die("ConnectNamedPipe %s", name);
        HANDLE next = make_instance();
        HANDLE thread = CreateThread(NULL, 0, serve, pipe, 0, NULL);
        if (thread == NULL)
            die("CreateThread");
        CloseHandle(thread);
        pipe = next;
    }
}
