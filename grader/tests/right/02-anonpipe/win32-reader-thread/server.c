/*
 * server.c - main() feeds the child, a thread prints what it answers
 *
 * Both pipes are made inheritable, and then the server's own ends are not; the
 * command line is made by hand; ReadFile() and WriteFile() are called directly.
 */
#include <stdlib.h>
#include <string.h>

#include "lab.h"
#include "protocol.h"

enum {
    BLOCK = 32768
};

static HANDLE from_child;
static HANDLE child;

/* Returns 0 at the end, -1 if it cannot be read, -2 if it cannot be written. */
static int
pass(HANDLE from, HANDLE to)
{
    char *block = malloc(BLOCK);
    DWORD n;
    DWORD written;
    int result = 0;

    if (block == NULL)
        diex("no memory");
    while (result == 0 && ReadFile(from, block, BLOCK, &n, NULL) && n > 0)
        for (DWORD at = 0; at < n && result == 0; at += written)
            if (!WriteFile(to, block + at, n - at, &written, NULL))
                result = -2;
    if (result == 0 && GetLastError() != ERROR_BROKEN_PIPE &&
        GetLastError() != ERROR_SUCCESS)
        result = -1;
    free(block);
    return result;
}

/* The end of the child's output ends the server, whatever main() is in. */
static DWORD WINAPI
print_answers(void *unused)
{
    DWORD status = 1;

    (void)unused;
    SetLastError(ERROR_SUCCESS);
    if (pass(from_child, GetStdHandle(STD_OUTPUT_HANDLE)) != 0) {
        complain("write");
        TerminateProcess(child, 1);
        WaitForSingleObject(child, INFINITE);
        ExitProcess(1);
    }
    WaitForSingleObject(child, INFINITE);
    GetExitCodeProcess(child, &status);
    ExitProcess(status);
}

/* As CommandLineToArgv() wants it. */
static void
add_argument(char *line, const char *word)
{
    char *to = line + strlen(line);

    *to++ = '"';
    for (; *word != '\0'; word++) {
        size_t backslashes = strspn(word, "\\");
        const char *behind = word + backslashes;
        if (backslashes > 0 && (*behind == '"' || *behind == '\0')) {
            memset(to, '\\', 2 * backslashes);
            to += 2 * backslashes;
            word = behind - 1;
            continue;
        }
        if (*word == '"')
            *to++ = '\\';
        *to++ = *word;
    }
    memcpy(to, "\" ", 3);
}

int
main(int argc, char *argv[])
{
    SECURITY_ATTRIBUTES all = {sizeof all, NULL, TRUE};
    STARTUPINFO startup = {
        .cb = sizeof startup, .dwFlags = STARTF_USESTDHANDLES};
    PROCESS_INFORMATION process;
    HANDLE to_child;
    char *line = calloc(1, 32768);

    lab_start(argv[0]);
    if (argc < 2)
        usage("PROGRAM [ARG...]");
    if (line == NULL || !CreatePipe(&startup.hStdInput, &to_child, &all, 1) ||
        !CreatePipe(&from_child, &startup.hStdOutput, &all, 65536) ||
        !SetHandleInformation(to_child, HANDLE_FLAG_INHERIT, 0) ||
        !SetHandleInformation(from_child, HANDLE_FLAG_INHERIT, 0))
        die("CreatePipe");
    startup.hStdError = GetStdHandle(STD_ERROR_HANDLE);
    for (int i = 1; i < argc; i++)
        add_argument(line, argv[i]);
    if (!CreateProcess(
            NULL, line, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process)) {
        complain("%s", argv[1]);
        return STATUS_NOT_STARTED;
    }
    child = process.hProcess;
    CloseHandle(startup.hStdInput);
    CloseHandle(startup.hStdOutput);
    HANDLE printer = CreateThread(NULL, 0, print_answers, NULL, 0, NULL);
    if (printer == NULL)
        die("CreateThread");
    pass(GetStdHandle(STD_INPUT_HANDLE), to_child);
    CloseHandle(to_child);
    WaitForSingleObject(printer, INFINITE);
    return 1;
}
