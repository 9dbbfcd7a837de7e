/*
 * server.c - waits in ReadFile() for the first message, and asks the slot for
 * the size of each of those behind it
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lab.h"
#include "protocol.h"

static HANDLE slot;
static long long deadline;

static void
print(const char *text, DWORD length)
{
    char *line = malloc((size_t)length + 16);

    if (line == NULL)
        diex("no memory");
    int head = sprintf(line, "%lu: ", length);
    memcpy(line + head, text, length);
    if (put_line(line, (size_t)head + length) == -1)
        die("write");
    free(line);
}

/* Returns 0 when the time has passed. */
static int
wait_for_message(int timeout)
{
    char first[TEXT_LIMIT + 1];
    long long left = deadline - clock_ms();
    DWORD length;

    if (timeout > 0 && !SetMailslotInfo(slot, left > 0 ? (DWORD)left : 0))
        die("SetMailslotInfo");
    if (!ReadFile(slot, first, sizeof first, &length, NULL)) {
        if (GetLastError() == ERROR_SEM_TIMEOUT && timeout > 0)
            return 0;
        die("ReadFile");
    }
    print(first, length);
    return 1;
}

static int
take_next(void)
{
    DWORD size;
    DWORD length;

    if (!GetMailslotInfo(slot, NULL, &size, NULL, NULL))
        die("GetMailslotInfo");
    if (size == MAILSLOT_NO_MESSAGE)
        return 0;
    char *text = malloc((size_t)size + 1);
    if (text == NULL || !ReadFile(slot, text, size + 1, &length, NULL))
        die("ReadFile");
    print(text, length);
    free(text);
    return 1;
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
    int count = argc > 2 ? parse_count("COUNT", argv[2]) : 0;
    int timeout = argc > 3 ? parse_count("TIMEOUT", argv[3]) : 0;
    slot = CreateMailslot(name, 0, MAILSLOT_WAIT_FOREVER, NULL);
    if (slot == INVALID_HANDLE_VALUE)
        die("%s", name);
    if (put_line("ready", strlen("ready")) == -1)
        die("write");
    for (int n = 0; count == 0 || n < count; n++) {
        if (n > 0 && take_next())
            continue;
        deadline = clock_ms() + timeout;
        if (!wait_for_message(timeout)) {
            if (put_line("timeout", strlen("timeout")) == -1)
                die("write");
            break;
        }
    }
    CloseHandle(slot);
    return 0;
}
