/*
 * server.c - one thread reads for ever, another one looks at the time
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lab.h"
#include "protocol.h"

static HANDLE slot;
static HANDLE printed; /* an event */
static HANDLE done;
static int count;
static CRITICAL_SECTION lock;

static DWORD WINAPI
print_messages(void *unused)
{
    char text[TEXT_LIMIT + 1];
    char line[TEXT_LIMIT + 16];
    DWORD length;

    (void)unused;
    for (int n = 0; count == 0 || n < count; n++) {
        if (!ReadFile(slot, text, sizeof text, &length, NULL))
            die("ReadFile");
        if (length > TEXT_LIMIT) {
            complainx("too long");
            n--;
            continue;
        }
        EnterCriticalSection(&lock);
        int head = snprintf(line, sizeof line, "%lu: ", length);
        memcpy(line + head, text, length);
        if (put_line(line, (size_t)head + length) == -1)
            die("write");
        LeaveCriticalSection(&lock);
        SetEvent(printed);
    }
    SetEvent(done);
    return 0;
}

static void
wait_for_end(DWORD timeout)
{
    HANDLE events[] = {done, printed};

    for (;;)
        switch (WaitForMultipleObjects(2, events, FALSE, timeout)) {
        case WAIT_OBJECT_0:
            return;
        case WAIT_TIMEOUT:
            EnterCriticalSection(&lock);
            if (put_line("timeout", strlen("timeout")) == -1)
                die("write");
            return;
        default:
            break;
        }
}

int
main(int argc, char *argv[])
{
    char name[WIN32_NAME_SIZE];

    lab_start(argv[0]);
    if (argc < 2 || argc > 4)
        usage("NAME [COUNT [TIMEOUT]]");
    check_name(argv[1]);
    snprintf(name, sizeof name, WIN32_SLOT_FORMAT, argv[1]);
    count = argc > 2 ? parse_count("COUNT", argv[2]) : 0;
    int timeout = argc > 3 ? parse_count("TIMEOUT", argv[3]) : 0;
    InitializeCriticalSection(&lock);
    printed = CreateEvent(NULL, FALSE, FALSE, NULL);
    done = CreateEvent(NULL, FALSE, FALSE, NULL);
    slot = CreateMailslot(name, TEXT_LIMIT, MAILSLOT_WAIT_FOREVER, NULL);
    if (slot == INVALID_HANDLE_VALUE || printed == NULL || done == NULL)
        die("%s", name);
    if (put_line("ready", strlen("ready")) == -1)
        die("write");
    if (CreateThread(NULL, 0, print_messages, NULL, 0, NULL) == NULL)
        die("CreateThread");
    wait_for_end(timeout == 0 ? INFINITE : (DWORD)timeout);
    if (count > 0)
        CloseHandle(slot);
    ExitProcess(0);
}
