/*
 * ends.c - who holds which end of which pipe, for the grader
 *
 * usage: ends PROGRAM
 *
 * Looks from outside at the process that runs PROGRAM.exe, then at all others
 * but those that belong to Windows: it asks for a duplicate of every handle that
 * they have. Prints
 *
 *     process PID PARENT NAME    then what it holds:
 *     input HANDLE               its standard streams; input, output, error
 *     same WORD WORD             this one is the other one of PROGRAM itself
 *     r HANDLE PIPE BYTES        an end to read from, where so many bytes wait
 *     w HANDLE PIPE              an end to write to
 */
#include <stdio.h>
#include <string.h>

#include "lab.h"

#include <tlhelp32.h>
#include <winternl.h>

enum {
    HANDLES = 10000,  /* of all processes; Wine's own have 150 */
    ALL_HANDLES = 64, /* SystemExtendedHandleInformation */
    STREAMS = 3,
    PEB_PARAMETERS = 0x20, /* offsets on x86-64 (winternl.h has no names) */
    PARAMETERS_INPUT = 0x20
};

NTSTATUS NTAPI NtQueryInformationFile(HANDLE file, PIO_STATUS_BLOCK status,
    PVOID information, ULONG size, FILE_INFORMATION_CLASS kind);
NTSTATUS NTAPI NtCompareObjects(HANDLE first, HANDLE second);

/* What the system tells of all handles (winternl.h does not know it). */
struct all_handles {
    ULONG_PTR count;
    ULONG_PTR reserved;
    struct {
        PVOID object;
        ULONG_PTR process;
        ULONG_PTR handle;
        ULONG access;
        ULONG more[3];
    } of[HANDLES];
};

static struct all_handles handles;
static const char *const words[STREAMS] = {"input", "output", "error"};
static HANDLE own[STREAMS]; /* duplicates of PROGRAM's streams */
static DWORD first;         /* its process */

/* The handle, as if it were ours; NULL: there is none. */
static HANDLE
duplicate(HANDLE process, HANDLE handle)
{
    HANDLE copy;

    return DuplicateHandle(process, handle, GetCurrentProcess(), &copy, 0,
               FALSE, DUPLICATE_SAME_ACCESS)
               ? copy
               : NULL;
}

static void
find_streams(HANDLE process, HANDLE streams[STREAMS])
{
    PROCESS_BASIC_INFORMATION basic;
    char *parameters;

    memset(streams, 0, STREAMS * sizeof streams[0]);
    if (NtQueryInformationProcess(process, ProcessBasicInformation, &basic,
            sizeof basic, NULL) != 0 ||
        !ReadProcessMemory(process,
            (char *)basic.PebBaseAddress + PEB_PARAMETERS, &parameters,
            sizeof parameters, NULL))
        return;
    ReadProcessMemory(process, parameters + PARAMETERS_INPUT, streams,
        STREAMS * sizeof streams[0], NULL);
}

static void
tell_streams(HANDLE process, int is_first)
{
    HANDLE streams[STREAMS];

    find_streams(process, streams);
    for (int i = 0; i < STREAMS; i++) {
        HANDLE copy = duplicate(process, streams[i]);
        if (copy == NULL)
            continue;
        printf("%s %lx\n", words[i], (unsigned long)(UINT_PTR)streams[i]);
        if (is_first) {
            own[i] = copy;
            continue;
        }
        for (int k = 0; k < STREAMS; k++)
            if (own[k] != NULL && NtCompareObjects(copy, own[k]) == 0)
                printf("same %s %s\n", words[i], words[k]);
        CloseHandle(copy);
    }
}

/* The name that the system has given to the pipe. What comes from Unix, as the
 * half's own streams do, is no pipe of this kind. */
static void
tell_end(HANDLE copy, unsigned int handle)
{
    struct {
        ULONG size;
        WCHAR text[200];
    } name;
    IO_STATUS_BLOCK status;
    PUBLIC_OBJECT_BASIC_INFORMATION basic;
    DWORD bytes = 0;

    if (GetFileType(copy) != FILE_TYPE_PIPE ||
        NtQueryInformationFile(
            copy, &status, &name, sizeof name, FileNameInformation) != 0 ||
        NtQueryObject(
            copy, ObjectBasicInformation, &basic, sizeof basic, NULL) != 0)
        return;
    int length = (int)(name.size / sizeof(WCHAR));
    if (basic.GrantedAccess & FILE_WRITE_DATA)
        printf("w %x %.*ls\n", handle, length, name.text);
    if (!(basic.GrantedAccess & FILE_READ_DATA))
        return;
    PeekNamedPipe(copy, NULL, 0, NULL, &bytes, NULL);
    printf("r %x %.*ls %lu\n", handle, length, name.text, bytes);
}

/* Is it none of the kit's? Then only a child is of interest: cmd.exe, say. */
static int
is_of_windows(HANDLE process)
{
    char path[300];
    DWORD size = sizeof path;

    return !QueryFullProcessImageName(process, 0, path, &size) ||
           _strnicmp(path, "C:\\windows\\", strlen("C:\\windows\\")) == 0;
}

static void
tell_process(const PROCESSENTRY32 *entry, int is_first)
{
    HANDLE process =
        OpenProcess(PROCESS_ALL_ACCESS, FALSE, entry->th32ProcessID);

    if (process == NULL)
        return; /* it has just ended */
    if (entry->th32ParentProcessID != first && is_of_windows(process)) {
        CloseHandle(process);
        return;
    }
    printf("process %lx %lx %s\n", entry->th32ProcessID,
        entry->th32ParentProcessID, entry->szExeFile);
    tell_streams(process, is_first);
    for (ULONG_PTR i = 0; i < handles.count; i++) {
        ULONG_PTR handle = handles.of[i].handle;
        if (handles.of[i].process != entry->th32ProcessID)
            continue;
        HANDLE copy = duplicate(process, (HANDLE)handle);
        if (copy == NULL)
            continue;
        tell_end(copy, (unsigned int)handle);
        CloseHandle(copy);
    }
    CloseHandle(process);
}

int
main(int argc, char *argv[])
{
    PROCESSENTRY32 entry = {.dwSize = sizeof entry};
    char program[80];

    lab_start(argv[0]);
    if (argc != 2)
        usage("PROGRAM");
    snprintf(program, sizeof program, "%s.exe", argv[1]);
    HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    if (all == INVALID_HANDLE_VALUE)
        die("CreateToolhelp32Snapshot");
    if (NtQuerySystemInformation((SYSTEM_INFORMATION_CLASS)ALL_HANDLES,
            &handles, sizeof handles, NULL) != 0)
        diex("NtQuerySystemInformation failed");
    for (int round = 0; round < 2; round++)
        for (BOOL is = Process32First(all, &entry); is;
             is = Process32Next(all, &entry)) {
            int is_first = strcmp(entry.szExeFile, program) == 0;
            if (entry.cntThreads == 0 || is_first != (round == 0))
                continue;
            if (is_first)
                first = entry.th32ProcessID;
            if (entry.th32ProcessID != GetCurrentProcessId())
                tell_process(&entry, is_first);
        }
    return fflush(stdout) == EOF ? 1 : 0;
}
