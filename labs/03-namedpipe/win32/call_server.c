/*
 * call_server.c - answers the requests of many clients
 *
 * Every client has an instance of the pipe, and a thread of ours, for itself
 * alone, so no client sees another's replies. The pipe keeps messages apart:
 * one call reads one request.
 */
#include <stdio.h>
#include <string.h>

#include "lab.h"
#include "protocol.h"

enum {
    BUFFER = 65536 /* bytes of replies that a client need not have read */
};

static struct {
    char name[NAME_SIZE]; /* of the pipe */
    DWORD first;          /* FILE_FLAG_FIRST_PIPE_INSTANCE, later 0 */
    LONG count;           /* of requests to take, 0: no limit */
    volatile LONG serial; /* of the last one, of all threads */
    HANDLE answered;      /* a semaphore: one for each reply */
} server = {.first = FILE_FLAG_FIRST_PIPE_INSTANCE};

/* Every thread has its own. */
static _Thread_local struct {
    HANDLE pipe; /* the client's instance */
    struct request request;
} client;

static DWORD WINAPI serve_client(void *pipe);

/* Makes an instance of the pipe, and the thread that serves it. */
static void
make_instance(void)
{
    HANDLE pipe = INVALID_HANDLE_VALUE;

    /* TASK 1: make an instance of the pipe, for messages in both directions.
     * Put server.first among the flags: CreateNamedPipe() then refuses if
     * somebody has such a pipe. After the first one, print the line "ready". */
    /* Given: without a pipe there is nobody to serve. */
    if (pipe == INVALID_HANDLE_VALUE)
        diex("there is no pipe %s", server.name);
    server.first = 0;
    HANDLE thread = CreateThread(NULL, 0, serve_client, pipe, 0, NULL);
    if (thread == NULL)
        die("CreateThread");
    CloseHandle(thread);
}

static void
close_instance(void)
{
    /* TASK 2: wait until the client has read what we wrote, which goes with
     * the connection (that fails if the client has gone). Disconnect the
     * instance and close it: the pipe's name goes with the last one. */
}

static void
await_client(void)
{
    /* TASK 3: wait until a client has opened the instance. Two failures are
     * none: it has come already (ERROR_PIPE_CONNECTED), or it has even gone,
     * and what it wrote is still there (ERROR_NO_DATA). */
}

/* Waits for the client's next request. Returns its size, or -1 if the client
 * has gone. */
static long
read_request(void)
{
    long size = -1;

    /* TASK 4: take one request with one ReadFile(). If it is larger than that
     * (ERROR_MORE_DATA), take the rest as well: the size is that of all. */
    return size;
}

static void
send_reply(LONG serial)
{
    const struct request *request = &client.request;
    struct reply reply = {
        .serial = (uint32_t)serial, .length = request->length};

    memcpy(reply.text, request->text, request->length);
    /* TASK 6: write the reply in one WriteFile(). */
    /* Given: main() counts them. */
    ReleaseSemaphore(server.answered, 1, NULL);
}

/* A thread: serves one client, while the next ones have their own. */
static DWORD WINAPI
serve_client(void *pipe)
{
    long size;

    client.pipe = pipe;
    await_client();
    make_instance();
    while ((size = read_request()) != -1) {
        LONG serial = 0;
        /* TASK 5: a request that makes no sense costs one line on standard
         * error and is not counted. Count the others, all threads together
         * (InterlockedIncrement()); the count is the serial of the reply. Who
         * comes after COUNT others gets none. */
        /* Given: whoever comes here wants an answer. */
        send_reply(serial);
    }
    close_instance();
    return 0;
}

int
main(int argc, char *argv[])
{
    lab_start(argv[0]);
    if (argc != 2 && argc != 3)
        usage("NAME [COUNT]");
    check_name(argv[1]);
    snprintf(server.name, NAME_SIZE, WIN32_PIPE_FORMAT, argv[1]);
    server.count = argc == 3 ? parse_count("COUNT", argv[2]) : 0;
    server.answered = CreateSemaphore(NULL, 0, LONG_MAX, NULL);
    if (server.answered == NULL)
        die("CreateSemaphore");
    make_instance();

    /* The threads do the work; they end with us. */
    for (LONG i = 0; server.count == 0 || i < server.count; i++)
        if (WaitForSingleObject(server.answered, INFINITE) != WAIT_OBJECT_0)
            die("WaitForSingleObject");
    return 0;
}
