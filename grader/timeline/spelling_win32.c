/*
 * spelling_win32.c - see spelling_win32.h
 */
#include "spelling_win32.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

enum result_kind {
    RESULT_NUMBER,
    RESULT_BOOL,
    RESULT_HANDLE,
    RESULT_POINTER,
    RESULT_WAIT,
    RESULT_NONE
};

/* What functions whose name begins so return. */
static const struct {
    const char *name;
    enum result_kind kind;
} results[] = {
    {"CloseHandle", RESULT_BOOL},
    {"CreateEvent", RESULT_HANDLE},
    {"CreateFile", RESULT_HANDLE},
    {"CreateMailslot", RESULT_HANDLE},
    {"CreateMutex", RESULT_HANDLE},
    {"CreateNamedPipe", RESULT_HANDLE},
    {"CreateP", RESULT_BOOL}, /* CreatePipe(), CreateProcess() */
    {"CreateSemaphore", RESULT_HANDLE},
    {"CreateThread", RESULT_HANDLE},
    {"ExitThread", RESULT_NONE},
    {"GetFileSizeEx", RESULT_BOOL},
    {"GetFileSize", RESULT_NUMBER},
    {"GetStdHandle", RESULT_HANDLE},
    {"MapViewOfFile", RESULT_POINTER},
    {"Open", RESULT_HANDLE},
    {"SetFilePointerEx", RESULT_BOOL},
    {"SetFilePointer", RESULT_NUMBER},
    {"Sleep", RESULT_NONE},
    {"WaitFor", RESULT_WAIT},
    {"SignalObjectAndWait", RESULT_WAIT},
    {"fopen", RESULT_POINTER},
    {"fgets", RESULT_POINTER},
    {"fread", RESULT_NUMBER},
    {"fgetc", RESULT_NUMBER},
    {"get", RESULT_NUMBER},
    {"_", RESULT_NUMBER},
};

/* Of winerror.h: those that the labs meet. */
static const struct {
    uint32_t error;
    const char *name;
} errors[] = {
    {2, "ERROR_FILE_NOT_FOUND"},
    {3, "ERROR_PATH_NOT_FOUND"},
    {5, "ERROR_ACCESS_DENIED"},
    {6, "ERROR_INVALID_HANDLE"},
    {8, "ERROR_NOT_ENOUGH_MEMORY"},
    {32, "ERROR_SHARING_VIOLATION"},
    {38, "ERROR_HANDLE_EOF"},
    {80, "ERROR_FILE_EXISTS"},
    {87, "ERROR_INVALID_PARAMETER"},
    {109, "ERROR_BROKEN_PIPE"},
    {112, "ERROR_DISK_FULL"},
    {121, "ERROR_SEM_TIMEOUT"},
    {122, "ERROR_INSUFFICIENT_BUFFER"},
    {123, "ERROR_INVALID_NAME"},
    {161, "ERROR_BAD_PATHNAME"},
    {183, "ERROR_ALREADY_EXISTS"},
    {230, "ERROR_BAD_PIPE"},
    {231, "ERROR_PIPE_BUSY"},
    {232, "ERROR_NO_DATA"},
    {233, "ERROR_PIPE_NOT_CONNECTED"},
    {234, "ERROR_MORE_DATA"},
    {298, "ERROR_TOO_MANY_POSTS"},
    {535, "ERROR_PIPE_CONNECTED"},
    {536, "ERROR_PIPE_LISTENING"},
    {997, "ERROR_IO_PENDING"},
};

static enum result_kind
find_kind(const char *call)
{
    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++)
        if (strncmp(call, results[i].name, strlen(results[i].name)) == 0)
            return results[i].kind;
    return RESULT_BOOL;
}

void
spelling_win32_error(char *text, size_t size, uint32_t error)
{
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
        if (errors[i].error == error) {
            snprintf(text, size, "%s", errors[i].name);
            return;
        }
    snprintf(text, size, "error %u", error);
}

static void
spell_handle(char *text, size_t size, uint64_t handle)
{
    if (handle == 0)
        snprintf(text, size, "NULL");
    else if ((uint32_t)handle == UINT32_MAX)
        snprintf(text, size, "INVALID_HANDLE_VALUE");
    else
        snprintf(text, size, "0x%llx", (unsigned long long)handle);
}

static void
spell_wait(char *text, size_t size, uint32_t result)
{
    enum {
        LIMIT = 64,
        ABANDONED = 0x80,
        TIMEOUT = 0x102
    };

    if (result < LIMIT)
        snprintf(text, size, "WAIT_OBJECT_0%.0u", result);
    else if (result == ABANDONED)
        snprintf(text, size, "WAIT_ABANDONED");
    else if (result == TIMEOUT)
        snprintf(text, size, "WAIT_TIMEOUT");
    else
        snprintf(text, size, "WAIT_FAILED");
}

void
spelling_win32_result(char *text, size_t size, const struct relay_call *call)
{
    switch (find_kind(call->what)) {
    case RESULT_NUMBER:
        snprintf(text, size, "%d", (int)call->result);
        break;
    case RESULT_BOOL:
        snprintf(text, size, (uint32_t)call->result != 0 ? "TRUE" : "FALSE");
        break;
    case RESULT_HANDLE:
    case RESULT_POINTER:
        spell_handle(text, size, call->result);
        break;
    case RESULT_WAIT:
        spell_wait(text, size, (uint32_t)call->result);
        break;
    case RESULT_NONE:
        text[0] = '\0';
        break;
    }
}

/* An address? It says nothing to people. Sizes are round, flags are large. */
static int
is_address(const char *argument)
{
    char *end;
    unsigned long long value = strtoull(argument, &end, 0);

    return end > argument && (*end == ',' || *end == ')') &&
           (value > UINT32_MAX ||
               (value > 0x10000 && value < 0x10000000 && value % 0x1000 != 0));
}

/* The object that a handle stands for, in a word if possible; "": unknown. */
static const char *
find_object(const struct relay_told *told)
{
    static const struct {
        const char *object;
        const char *word;
    } words[] = {{"standard input", "stdin"}, {"standard output", "stdout"},
        {"standard error", "stderr"}, {"a pipe without a name", ""}};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(told->object, words[i].object) == 0)
            return words[i].word;
    return told->object;
}

/* The arguments behind the first. */
static void
spell_arguments(char *text, size_t size, const char *at, int is_wait)
{
    while (at[0] == ',' && at[1] == ' ' && strchr(at, '"') == NULL) {
        size_t length = 2 + strcspn(at + 2, ",)");
        if ((uint32_t)strtoull(at + 2, NULL, 0) == UINT32_MAX)
            text_add(text, size, ", INFINITE");
        else if (is_address(at + 2))
            text_add(text, size, ", ...");
        else if (is_wait) /* the time, and how many */
            text_add(text, size, ", %llu", strtoull(at + 2, NULL, 0));
        else
            text_add(text, size, "%.*s", (int)length, at);
        at += length;
    }
    text_add(text, size, "%s", at); /* a string may hold anything */
}

void
spelling_win32_call(char *text, size_t size, const struct relay_told *told)
{
    const char *what = told->call.what;
    size_t head = strcspn(what, ",)");
    const char *object =
        memchr(what, '"', head) == NULL ? find_object(told) : "";
    const char *buffer = strchr(what + head, ',');
    const char *bytes = buffer != NULL ? strchr(buffer + 1, ',') : NULL;

    text[0] = '\0';
    text_add(text, size, "%.*s%s%s", (int)head, what,
        object[0] != '\0' ? " " : "", object);
    if (bytes != NULL && (strncmp(what, "ReadFile(", 9) == 0 ||
                             strncmp(what, "WriteFile(", 10) == 0))
        text_add(text, size, ", %llu bytes)", strtoull(bytes + 1, NULL, 0));
    else
        spell_arguments(
            text, size, what + head, strncmp(what, "WaitFor", 7) == 0);
}
