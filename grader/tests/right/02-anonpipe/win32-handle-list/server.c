/*
 * server.c - a list says which handles the child inherits; two threads copy
 *
 * The ends for the child are inheritable duplicates; PROC_THREAD_ATTRIBUTE_
 * HANDLE_LIST names them, so that no other process could get them by chance.
 */
#define _WIN32_WINNT 0x0601 /* the list came with Windows Vista */
#include <stdlib.h>

#include "lab.h"
#include "protocol.h"

struct copying {
    HANDLE from;
    HANDLE to;
    int is_input;
    int result;
};

static DWORD WINAPI
run_copying(void *data)
{
    struct copying *copying = data;

    copying->result = copy_all(copying->from, copying->to);
    if (copying->is_input)
        CloseHandle(copying->to);
    return 0;
}

/* The end that is not returned in *own is the child's, and can be inherited. */
static HANDLE
make_pipe(HANDLE *own, int is_input)
{
    HANDLE ends[2];
    HANDLE theirs;

    if (!CreatePipe(&ends[0], &ends[1], NULL, 0) ||
        !DuplicateHandle(GetCurrentProcess(), ends[is_input ? 0 : 1],
            GetCurrentProcess(), &theirs, 0, TRUE, DUPLICATE_SAME_ACCESS))
        die("CreatePipe");
    CloseHandle(ends[is_input ? 0 : 1]);
    *own = ends[is_input ? 1 : 0];
    return theirs;
}

static void
set_list(STARTUPINFOEX *startup, HANDLE *handles, size_t size)
{
    SIZE_T room = 0;

    InitializeProcThreadAttributeList(NULL, 1, 0, &room);
    startup->lpAttributeList = malloc(room);
    if (startup->lpAttributeList == NULL ||
        !InitializeProcThreadAttributeList(
            startup->lpAttributeList, 1, 0, &room) ||
        !UpdateProcThreadAttribute(startup->lpAttributeList, 0,
            PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles, size, NULL, NULL))
        die("UpdateProcThreadAttribute");
}

int
main(int argc, char *argv[])
{
    STARTUPINFOEX startup = {
        .StartupInfo = {.cb = sizeof startup, .dwFlags = STARTF_USESTDHANDLES}};
    STARTUPINFO *plain = &startup.StartupInfo;
    PROCESS_INFORMATION process;
    struct copying in = {.is_input = 1};
    struct copying out = {.is_input = 0};
    DWORD status = 1;

    lab_start(argv[0]);
    if (argc < 2)
        usage("PROGRAM [ARG...]");
    plain->hStdInput = make_pipe(&in.to, 1);
    plain->hStdOutput = make_pipe(&out.from, 0);
    plain->hStdError = GetStdHandle(STD_ERROR_HANDLE);
    HANDLE list[] = {plain->hStdInput, plain->hStdOutput, plain->hStdError};
    set_list(&startup, list, sizeof list);
    in.from = GetStdHandle(STD_INPUT_HANDLE);
    out.to = GetStdHandle(STD_OUTPUT_HANDLE);
    if (!CreateProcess(NULL, command_line(argv + 1), NULL, NULL, TRUE,
            EXTENDED_STARTUPINFO_PRESENT, NULL, NULL, plain, &process)) {
        complain("%s", argv[1]);
        return STATUS_NOT_STARTED;
    }
    CloseHandle(plain->hStdInput);
    CloseHandle(plain->hStdOutput);
    HANDLE feeder = CreateThread(NULL, 0, run_copying, &in, 0, NULL);
    HANDLE printer = CreateThread(NULL, 0, run_copying, &out, 0, NULL);
    if (feeder == NULL || printer == NULL)
        die("CreateThread");
    WaitForSingleObject(printer, INFINITE);
    if (out.result == -1) {
        complainx("standard output cannot be written");
        CloseHandle(out.from);
        WaitForSingleObject(process.hProcess, INFINITE);
        return 1;
    }
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &status);
    return (int)status;
}
