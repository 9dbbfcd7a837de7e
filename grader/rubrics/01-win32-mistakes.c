/*
 * 01-win32-mistakes.c - named mistakes with Win32 mappings (diagnosis.h)
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
        .more = "With NULL as its last argument CreateFileMapping() makes an "
                "object without a name: only this process, and whoever "
                "inherits the handle, can use it. OpenFileMapping() in the "
                "client looks for a name, and finds nothing (error 2). The "
                "name of the mapping lives in the kernel, among the names of "
                "semaphores and other objects, and has nothing to do with the "
                "name of the file: both are given, each in its place. Objects "
                "of all kinds share one set of names, so the semaphores are "
                "called NAME.full and NAME.empty, and not NAME.",
    },
    {
        .id = "WF2",
        .lab = "01-filemapping",
        .step = 8,
        .what = "the client makes a mapping instead of opening the server's",
        .mend = "use OpenFileMapping() in the client",
        .nudge = "Which call opens what exists, and fails if there is nothing?",
        .more =
            "CreateFileMapping() opens what exists, too, and that makes it "
            "look right as long as a server runs. But without a server it "
            "makes a new object, and the client waits for ever on a board of "
            "its own, while the user is told nothing. OpenFileMapping() fails "
            "if there is no server, and that is what the user should hear. The "
            "same is true of OpenSemaphore() and CreateSemaphore(). The rule "
            "for both platforms: one half creates, the other half opens.",
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
                "found where it is made, with an access violation in the "
                "reader, and the data of the server stay whole for all others. "
                "Both calls want it: OpenFileMapping() says what may be asked "
                "for later, MapViewOfFile() says what this view may do. "
                "FILE_MAP_WRITE includes reading, so nothing seems to be wrong "
                "with it until something is stored by mistake.",
    },
    {
        .id = "WF4",
        .lab = "01-filemapping",
        .step = 2,
        .what = "a mapping of INVALID_HANDLE_VALUE is memory without a file: "
                "it vanishes with its last handle, and nothing of it stays",
        .mend = "give CreateFileMapping() the handle that CreateFile() has "
                "returned, and check that one first",
        .nudge = "What is the first argument of your CreateFileMapping()? And "
                 "what did CreateFile() return?",
        .more = "CreateFileMapping() takes the handle of an open file, and "
                "makes the file long enough. INVALID_HANDLE_VALUE has a "
                "meaning of its own there: memory that only looks like a file, "
                "kept in the paging file. Both halves see each other's stores "
                "all the same, so the lines arrive, but the file NAME stays "
                "empty, and with the last handle all is gone. It happens by "
                "mistake when CreateFile() has failed and nobody looked.",
    },
    {
        .id = "WN12",
        .lab = "01-filemapping",
        .step = 13,
        .what = "an object vanishes with its last handle: whoever comes later "
                "finds nothing",
        .mend = "keep the handles open until the client has given the last "
                "board back",
        .nudge = "When does the server end, and who holds a handle of the "
                 "mapping then?",
        .more = "Mapping and semaphores live in the kernel as long as somebody "
                "has a handle of them; nobody removes their names. A server "
                "that ends as soon as it has stored the end takes everything "
                "with it: a client that is about to start finds no mapping "
                "(error 2), and one that waits keeps its own handles but will "
                "never hear from anybody. So wait for NAME.empty once more "
                "before the end: then the last board was taken.",
    },
    {.id = NULL},
};
