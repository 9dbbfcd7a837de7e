/*
 * call_server.c - one thread serves all clients, with overlapped calls
 *
 * There are always the same instances, as in Microsoft's "Named Pipe Server
 * Using Overlapped I/O": when a client has gone, the instance waits for another
 * one. A reply finds room in the buffer, so WriteFile() need not be waited for.
 */
#include <stdio.h>
#include <string.h>

#include "lab.h"
#include "protocol.h"

enum {
    INSTANCES = 12
};

static struct instance {
    OVERLAPPED overlapped;
    HANDLE pipe;
    int is_connected;
    int is_rest; /* of a message that is too long */
    struct request request;
} instances[INSTANCES];

static HANDLE events[INSTANCES];
static char name[NAME_SIZE];
static uint32_t serial;
static int limit;

/* Begins to wait for a client; if there is one, its event is set. */
static void
begin_wait(struct instance *instance)
{
    instance->is_connected = 0;
    ConnectNamedPipe(instance->pipe, &instance->overlapped);
    switch (GetLastError()) {
    case ERROR_IO_PENDING:
        return;
    case ERROR_PIPE_CONNECTED:
    case ERROR_NO_DATA:
        SetEvent(instance->overlapped.hEvent);
        return;
    }
    die("ConnectNamedPipe %s", name);
}

static void
begin_again(struct instance *instance)
{
    FlushFileBuffers(instance->pipe);
    DisconnectNamedPipe(instance->pipe);
    begin_wait(instance);
}

/* What comes of it, good or bad, is told by the event. */
static void
begin_read(struct instance *instance)
{
    if (!ReadFile(instance->pipe, &instance->request, sizeof instance->request,
            NULL, &instance->overlapped) &&
        GetLastError() != ERROR_IO_PENDING && GetLastError() != ERROR_MORE_DATA)
        begin_again(instance);
}

static void
answer(struct instance *instance)
{
    static OVERLAPPED unused;
    const struct request *request = &instance->request;
    struct reply reply = {++serial, request->length, ""};
    DWORD n;

    memcpy(reply.text, request->text, request->length);
    unused.hEvent = CreateEvent(NULL, TRUE, FALSE, NULL);
    if (WriteFile(instance->pipe, &reply, sizeof reply, NULL, &unused) ||
        GetLastError() == ERROR_IO_PENDING)
        GetOverlappedResult(instance->pipe, &unused, &n, TRUE);
    CloseHandle(unused.hEvent);
}

/* A piece of a message has come. */
static void
take(struct instance *instance, DWORD size, int is_whole)
{
    int is_good = is_whole && !instance->is_rest &&
                  size == sizeof instance->request &&
                  instance->request.length <= TEXT_LIMIT;

    if (is_good)
        answer(instance);
    else if (is_whole)
        complainx("nonsense");
    instance->is_rest = !is_whole;
}

static void
serve(struct instance *instance)
{
    DWORD n = 0;
    BOOL is_good =
        GetOverlappedResult(instance->pipe, &instance->overlapped, &n, FALSE);
    int is_more = !is_good && GetLastError() == ERROR_MORE_DATA;

    ResetEvent(instance->overlapped.hEvent);
    if (!instance->is_connected) {
        instance->is_connected = 1;
        instance->is_rest = 0;
        begin_read(instance);
        return;
    }
    if (!is_good && !is_more) {
        begin_again(instance);
        return;
    }
    take(instance, n, !is_more);
    if (limit == 0 || serial < (uint32_t)limit)
        begin_read(instance);
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
    for (int i = 0; i < INSTANCES; i++) {
        instances[i].pipe =
            CreateNamedPipe(name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED,
                PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE, INSTANCES, 65536,
                65536, 0, NULL);
        events[i] = CreateEvent(NULL, TRUE, FALSE, NULL);
        instances[i].overlapped.hEvent = events[i];
        if (instances[i].pipe == INVALID_HANDLE_VALUE || events[i] == NULL)
            die("CreateNamedPipe %s", name);
    }
    if (put_line("ready", 5) == -1)
        die("write");
    for (int i = 0; i < INSTANCES; i++)
        begin_wait(&instances[i]);
    while (limit == 0 || serial < (uint32_t)limit) {
        DWORD which =
            WaitForMultipleObjects(INSTANCES, events, FALSE, INFINITE);
        if (which >= INSTANCES)
            die("WaitForMultipleObjects");
        serve(&instances[which]);
    }
    return 0;
}
