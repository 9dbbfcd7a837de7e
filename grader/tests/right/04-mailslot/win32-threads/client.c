/*
 * client.c - one thread reads lines, another one sends them
 */
#include <stdio.h>
#include <string.h>

#include "lab.h"
#include "protocol.h"

enum {
    LINES = 4
};

static struct {
    char text[TEXT_LIMIT];
    ssize_t length;
} line[LINES];
static HANDLE filled; /* semaphores */
static HANDLE empty;
static HANDLE slot;

static DWORD WINAPI
send_lines(void *unused)
{
    DWORD n;

    (void)unused;
    for (int i = 0;; i = (i + 1) % LINES) {
        WaitForSingleObject(filled, INFINITE);
        if (line[i].length < 0)
            return 0;
        if (!WriteFile(slot, line[i].text, (DWORD)line[i].length, &n, NULL))
            die("WriteFile");
        ReleaseSemaphore(empty, 1, NULL);
    }
}

int
main(int argc, char *argv[])
{
    char name[WIN32_NAME_SIZE];
    ssize_t length;
    int lines = 0;

    lab_start(argv[0]);
    if (argc != 2)
        usage("NAME");
    check_name(argv[1]);
    snprintf(name, sizeof name, WIN32_SLOT_FORMAT, argv[1]);
    slot = CreateFile(name, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
        NULL, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
    if (slot == INVALID_HANDLE_VALUE)
        die("%s", name);
    filled = CreateSemaphore(NULL, 0, LINES, NULL);
    empty = CreateSemaphore(NULL, LINES, LINES, NULL);
    HANDLE sender = CreateThread(NULL, 0, send_lines, NULL, 0, NULL);
    if (filled == NULL || empty == NULL || sender == NULL)
        die("CreateThread");
    do {
        int i = lines++ % LINES;
        WaitForSingleObject(empty, INFINITE);
        length = line[i].length = read_line(line[i].text, TEXT_LIMIT);
        DWORD error = GetLastError();
        ReleaseSemaphore(filled, 1, NULL);
        SetLastError(error);
    } while (length >= 0);
    if (length == LINE_ERROR)
        die("read");
    WaitForSingleObject(sender, INFINITE);
    if (length == LINE_TOO_LONG)
        diex("line %d is longer than %d bytes", lines, TEXT_LIMIT);
    return 0;
}
