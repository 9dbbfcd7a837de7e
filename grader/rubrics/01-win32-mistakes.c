/*
 * 01-win32-mistakes.c - mistakes with Win32 mappings that have a name (diagnosis.h)
 */
#include <stddef.h>

#include "mistakes.h"

const struct diagnosis mistakes_01_win32[] = {
    {
        .id = "WN11",
        .lab = "01-filemapping",
        .step = 2,
        .what = "CreateFileMapping() and CreateSemaphore() succeed for what "
                "exists already, and then you hold somebody else's object",
        .mend = "ask GetLastError() for ERROR_ALREADY_EXISTS right after a "
                "successful call",
        .nudge = "The call has returned a handle. Is the object behind it new? "
                 "What tells you?",
        .more = "A name stands for one object. Who creates what is there "
                "already gets a handle of the existing object, whatever size "
                "or count he has asked for: for a mapping the size of the "
                "first creator stays, for a semaphore the count stays as it "
                "is. The call succeeds, so the handle tells nothing; "
                "GetLastError() returns ERROR_ALREADY_EXISTS (183) then, and "
                "0 for a new object. Ask right away: the next call may change "
                "it.",
    },
    {
        .id = "WN13",
        .lab = "01-filemapping",
        .step = 1,
        .what = "a call has failed and the program goes on: CreateFile() "
                "returns INVALID_HANDLE_VALUE then, the other calls NULL",
        .mend = "compare CreateFile()'s result with INVALID_HANDLE_VALUE, and "
                "that of CreateFileMapping(), OpenFileMapping(), "
                "MapViewOfFile() and the semaphores with NULL",
        .nudge = "What does the call return when it fails? It is not the same "
                 "for all of them.",
        .more = "CreateFile() is older than most of its relatives, and says "
                "INVALID_HANDLE_VALUE, which is -1, when it fails. "
                "CreateFileMapping(), OpenFileMapping(), CreateSemaphore() and "
                "OpenSemaphore() say NULL. Who compares with the other value "
                "never sees a failure. Worse: INVALID_HANDLE_VALUE as the file "
                "of CreateFileMapping() is no mistake for Windows: it means "
                "memory without a file, and the program works on a board that "
                "is in no file.",
    },
    {
        .id = "WF1",
        .lab = "01-filemapping",
        .step = 2,
        .what = "a file mapping without a name cannot be opened by another "
                "program",
        .mend = "give CreateFileMapping() the name Local\\NAME as its last "
                "argument",
        .nudge = "How shall the client find the mapping? Look at the last "
                 "argument of CreateFileMapping().",
        .more = "With NULL as the last argument CreateFileMapping() makes an "
                "object without a name: only this process, and whoever "
                "inherits the handle, can use it. OpenFileMapping() in the "
                "client looks for a name, and finds nothing (error 2).",
    },
    {
        .id = "WF2",
        .lab = "01-filemapping",
        .step = 8,
        .what = "the client makes a mapping instead of opening the server's",
        .mend = "use OpenFileMapping() in the client",
        .nudge = "Which call opens what exists, and fails if there is nothing?",
        .more = "CreateFileMapping() opens what exists, too, but without a "
                "server it makes a new object: then the client waits for ever "
                "on a board of its own. OpenFileMapping() fails if there is no "
                "server, and that is what the user should be told.",
    },
    {
        .id = "WF3",
        .lab = "01-filemapping",
        .step = 9,
        .what = "a view for writing lets a slip of the reader destroy what "
                "others read",
        .mend = "ask for FILE_MAP_READ only",
        .nudge = "What does the client do with the board? Which access does "
                 "that need?",
        .more = "Ask for no more than you need. With FILE_MAP_READ the "
                "processor itself stops a store into the view: the mistake is "
                "found where it is made, and the server's data stay whole.",
    },
    {.id = NULL},
};
