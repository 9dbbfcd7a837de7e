/*
 * stranger.c - the grader's hand among the Win32 objects of a sandbox
 *
 * Reads commands, a line each, and answers each with one line: "ok", a number,
 * bytes as hexadecimal digits, or "error N" with the number that
 * GetLastError() returns. X is a letter under which it keeps an object open:
 *
 *     open-mapping X NAME        make-mapping X NAME SIZE
 *     size X                     of the view, in bytes
 *     load X OFFSET SIZE         store X OFFSET HEX
 *     open-semaphore X NAME      make-semaphore X NAME COUNT
 *     count X                    release X           take X (waits)
 *     open-pipe X NAME [ACCESS]  read or write; without it both, or, where
 *                                that is refused, write
 *     make-pipe X NAME           for messages in both directions
 *     connect X (waits)          disconnect X
 *     pipe NAME                  free, busy, or error N
 *     is-message X               1 or 0
 *     open-slot X NAME           make-slot X NAME
 *     write X HEX                read X SIZE         (one call each)
 *     left X                     bytes to be read from a pipe
 *     close X
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lab.h"

enum {
    LINE = 40000,
    BYTES = 16384,
    WORDS = 4
};

static struct {
    HANDLE handle;
    void *view;
} object[26];

static char word[WORDS][LINE];

static void
answer(const char *text)
{
    if (put_line(text, strlen(text)) == -1)
        die("write");
}

static void
answer_number(long long number)
{
    char text[32];

    snprintf(text, sizeof text, "%lld", number);
    answer(text);
}

/* Of the call that has just been made. */
static void
answer_result(int is_good)
{
    char text[32];

    snprintf(text, sizeof text, "error %lu", GetLastError());
    answer(is_good ? "ok" : text);
}

static int
which(void)
{
    int letter = word[1][0] - 'a';

    if (letter < 0 || letter >= 26)
        diex("%s is no letter", word[1]);
    return letter;
}

static int
keep(HANDLE handle)
{
    int is_good = handle != NULL && handle != INVALID_HANDLE_VALUE;

    if (is_good)
        object[which()].handle = handle;
    return is_good;
}

static size_t
from_hex(const char *text, unsigned char *bytes)
{
    size_t n = 0;

    for (; text[0] != '\0' && text[1] != '\0' && n < BYTES; text += 2) {
        char digits[3] = {text[0], text[1], '\0'};
        bytes[n++] = (unsigned char)strtoul(digits, NULL, 16);
    }
    return n;
}

static void
answer_bytes(const unsigned char *bytes, size_t n)
{
    static char text[2 * BYTES + 1];

    for (size_t i = 0; i < n; i++)
        snprintf(text + 2 * i, 3, "%02x", bytes[i]);
    text[2 * n] = '\0';
    answer(text);
}

/* ---- file mappings ---- */

static void
take_mapping(HANDLE mapping)
{
    if (!keep(mapping)) {
        answer_result(0);
        return;
    }
    object[which()].view =
        MapViewOfFile(mapping, FILE_MAP_READ | FILE_MAP_WRITE, 0, 0, 0);
    answer_result(object[which()].view != NULL);
}

static void
open_mapping(void)
{
    take_mapping(
        OpenFileMapping(FILE_MAP_READ | FILE_MAP_WRITE, FALSE, word[2]));
}

static void
make_mapping(void)
{
    take_mapping(CreateFileMapping(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE,
        0, (DWORD)atoi(word[3]), word[2]));
}

static void
tell_size(void)
{
    MEMORY_BASIC_INFORMATION information;

    if (VirtualQuery(object[which()].view, &information, sizeof information) ==
        0)
        answer_result(0);
    else
        answer_number((long long)information.RegionSize);
}

static void
load(void)
{
    answer_bytes((unsigned char *)object[which()].view + atoi(word[2]),
        (size_t)atoi(word[3]));
}

static void
store(void)
{
    unsigned char bytes[BYTES];
    size_t n = from_hex(word[3], bytes);

    memcpy((unsigned char *)object[which()].view + atoi(word[2]), bytes, n);
    answer("ok");
}

/* ---- semaphores ---- */

static void
open_semaphore(void)
{
    answer_result(keep(OpenSemaphore(SEMAPHORE_ALL_ACCESS, FALSE, word[2])));
}

static void
make_semaphore(void)
{
    answer_result(keep(CreateSemaphore(NULL, atoi(word[3]), 1000, word[2])));
}

/* Takes what there is, and gives it back: call it while all others wait. */
static void
count(void)
{
    HANDLE semaphore = object[which()].handle;
    long n = 0;

    while (WaitForSingleObject(semaphore, 0) == WAIT_OBJECT_0)
        n++;
    if (n > 0)
        ReleaseSemaphore(semaphore, n, NULL);
    answer_number(n);
}

static void
release(void)
{
    answer_result(ReleaseSemaphore(object[which()].handle, 1, NULL));
}

static void
take(void)
{
    answer_result(
        WaitForSingleObject(object[which()].handle, INFINITE) == WAIT_OBJECT_0);
}

/* ---- pipes and mailslots ---- */

static const char *
path(const char *kind, const char *name)
{
    static char text[200];

    snprintf(text, sizeof text, "\\\\.\\%s\\%s", kind, name);
    return text;
}

static HANDLE
try_pipe(DWORD access)
{
    return CreateFile(
        path("pipe", word[2]), access, 0, NULL, OPEN_EXISTING, 0, NULL);
}

static void
open_pipe(void)
{
    HANDLE pipe = try_pipe(strcmp(word[3], "read") == 0 ? GENERIC_READ
                           : strcmp(word[3], "write") == 0
                               ? GENERIC_WRITE
                               : GENERIC_READ | GENERIC_WRITE);

    if (word[3][0] == '\0' && pipe == INVALID_HANDLE_VALUE &&
        GetLastError() == ERROR_ACCESS_DENIED)
        pipe = try_pipe(GENERIC_WRITE);
    answer_result(keep(pipe));
}

static void
make_pipe(void)
{
    answer_result(keep(CreateNamedPipe(path("pipe", word[2]),
        PIPE_ACCESS_DUPLEX, PIPE_TYPE_MESSAGE | PIPE_READMODE_MESSAGE,
        PIPE_UNLIMITED_INSTANCES, 4096, 4096, 0, NULL)));
}

static void
connect_pipe(void)
{
    answer_result(ConnectNamedPipe(object[which()].handle, NULL) ||
                  GetLastError() == ERROR_PIPE_CONNECTED);
}

static void
disconnect_pipe(void)
{
    answer_result(DisconnectNamedPipe(object[which()].handle));
}

static void
tell_pipe(void)
{
    if (WaitNamedPipe(path("pipe", word[1]), 1))
        answer("free");
    else if (GetLastError() == ERROR_SEM_TIMEOUT)
        answer("busy");
    else
        answer_result(0);
}

static void
is_message(void)
{
    DWORD flags = 0;

    if (!GetNamedPipeInfo(object[which()].handle, &flags, NULL, NULL, NULL))
        answer_result(0);
    else
        answer_number((flags & PIPE_TYPE_MESSAGE) != 0);
}

static void
open_slot(void)
{
    answer_result(keep(CreateFile(path("mailslot", word[2]), GENERIC_WRITE,
        FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL)));
}

static void
make_slot(void)
{
    answer_result(keep(CreateMailslot(
        path("mailslot", word[2]), 0, MAILSLOT_WAIT_FOREVER, NULL)));
}

static void
write_bytes(void)
{
    unsigned char bytes[BYTES];
    size_t n = from_hex(word[2], bytes);
    DWORD written;

    answer_result(
        WriteFile(object[which()].handle, bytes, (DWORD)n, &written, NULL));
}

static void
read_bytes(void)
{
    unsigned char bytes[BYTES];
    DWORD n;

    if (ReadFile(object[which()].handle, bytes, (DWORD)atoi(word[2]), &n, NULL))
        answer_bytes(bytes, n);
    else
        answer_result(0);
}

static void
tell_left(void)
{
    DWORD n;

    if (PeekNamedPipe(object[which()].handle, NULL, 0, NULL, &n, NULL))
        answer_number(n);
    else
        answer_result(0);
}

static void
close_object(void)
{
    if (object[which()].view != NULL)
        UnmapViewOfFile(object[which()].view);
    object[which()].view = NULL;
    answer_result(CloseHandle(object[which()].handle));
}

static const struct {
    const char *word;
    void (*act)(void);
} commands[] = {
    {"open-mapping", open_mapping},
    {"make-mapping", make_mapping},
    {"size", tell_size},
    {"load", load},
    {"store", store},
    {"open-semaphore", open_semaphore},
    {"make-semaphore", make_semaphore},
    {"count", count},
    {"release", release},
    {"take", take},
    {"open-pipe", open_pipe},
    {"make-pipe", make_pipe},
    {"connect", connect_pipe},
    {"disconnect", disconnect_pipe},
    {"pipe", tell_pipe},
    {"is-message", is_message},
    {"open-slot", open_slot},
    {"make-slot", make_slot},
    {"write", write_bytes},
    {"read", read_bytes},
    {"left", tell_left},
    {"close", close_object},
};

static void
split(char *line)
{
    size_t n = 0;

    for (char *at = strtok(line, " "); at != NULL && n < WORDS;
         at = strtok(NULL, " "))
        snprintf(word[n++], LINE, "%s", at);
    while (n < WORDS)
        word[n++][0] = '\0';
}

int
main(int argc, char *argv[])
{
    static char line[LINE];
    ssize_t length;

    (void)argc;
    lab_start(argv[0]);
    while ((length = read_line(line, LINE - 1)) >= 0) {
        size_t i = 0;
        line[length] = '\0';
        split(line);
        while (i < sizeof commands / sizeof commands[0] &&
               strcmp(commands[i].word, word[0]) != 0)
            i++;
        if (i == sizeof commands / sizeof commands[0])
            diex("%s is no command", word[0]);
        commands[i].act();
    }
    return 0;
}
