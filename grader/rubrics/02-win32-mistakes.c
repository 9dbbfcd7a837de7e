/*
 * 02-win32-mistakes.c - named mistakes with Win32 pipes to a child (diagnosis.h)
 */
#include <stddef.h>

#include "mistakes.h"

const struct diagnosis mistakes_02_win32[] = {
    {
        .id = "WN7",
        .lab = "02-anonpipe",
        .step = 7,
        .what = "the parent still holds the child's end, so the pipe that it "
                "reads has a writer for ever: the parent itself",
        .mend = "close the parent's handle of the child's output end with "
                "CloseHandle(), after CreateProcess()",
        .nudge = "The child has ended, and ReadFile() waits. Who could still "
                 "write to that pipe? Go through the four handles that "
                 "CreatePipe() gave you.",
        .more = "ReadFile() on an empty pipe waits as long as anybody holds a "
                "handle of the write end. CreateProcess() gives the child a "
                "handle of its own; yours stays open beside it, and when the "
                "child has ended, yours is the last one. Nobody will ever "
                "write to it, but the system cannot know that: it counts "
                "handles, not intentions. Microsoft's example says so in a "
                "comment: close the ends that the child uses, or there is no "
                "way to recognize that it has ended. Close them right after "
                "CreateProcess(), not before: what is closed cannot be "
                "inherited.",
    },
    {
        .id = "WN8",
        .lab = "02-anonpipe",
        .step = 5,
        .what = "the child has inherited more than its two ends, the write end "
                "of its own input among them",
        .mend = "let only the child's two ends be inherited: "
                "SetHandleInformation() with HANDLE_FLAG_INHERIT",
        .nudge = "Which of your four handles does the child get? It gets every "
                 "one that can be inherited, whether STARTUPINFO names it or "
                 "not.",
        .more = "With bInheritHandles TRUE the child gets a copy of every "
                "handle of yours that can be inherited. If both pipes were "
                "made with bInheritHandle TRUE in SECURITY_ATTRIBUTES, these "
                "are all four ends. The child knows only of its standard "
                "streams, so it never closes the others: it holds the write "
                "end of its own input, and so it waits for ever for the end "
                "of that input, for it could write to itself. Programs that "
                "do not read to the end work nevertheless, which hides the "
                "mistake. Take the flag away from your own two ends with "
                "SetHandleInformation(end, HANDLE_FLAG_INHERIT, 0), or give "
                "it to the child's two only. The report tells which handles "
                "the child has got.",
    },
    {
        .id = "WA1",
        .lab = "02-anonpipe",
        .step = 8,
        .what = "the parent has nothing more to write, but it keeps the write "
                "end open, so the child's input never ends",
        .mend = "close the write end with CloseHandle() when your input has "
                "ended, whatever the reason",
        .nudge = "Your input has ended. How does the child learn of that? "
                 "Which handle has to go, and in which thread?",
        .more = "A pipe ends when the last handle of its write end is closed. "
                "A thread that returns closes nothing: handles belong to the "
                "process. So the parent that has copied all of its input and "
                "goes on to read the answers keeps the child waiting for more "
                "input, while the child's output does not end either: both "
                "wait for each other. Close the handle as soon as there is "
                "nothing more to write, after an error, too.",
    },
    {
        .id = "WA2",
        .lab = "02-anonpipe",
        .step = 8,
        .what = "both sides write and neither reads: a pipe holds a few kB, "
                "then WriteFile() waits",
        .mend = "read and write at the same time: start a thread for one of "
                "the two directions",
        .nudge = "Send more than a pipe holds to a child that gives everything "
                 "back. In which call is the server, in which the child, when "
                 "nothing moves any more?",
        .more = "A pipe made with CreatePipe() holds 4096 bytes unless you ask "
                "for more; when it is full, WriteFile() waits until somebody "
                "reads. If the parent first writes all of its input and only "
                "then reads, the child's answers fill the other pipe, the "
                "child waits in WriteFile() and reads no more, and then the "
                "parent waits in WriteFile(), too. Each waits for the other "
                "to read. A larger pipe only hides it: there is always an "
                "input that is larger. The two directions need a thread each.",
    },
    {
        .id = "WA3",
        .lab = "02-anonpipe",
        .step = 8,
        .what = "an answer has come, but its reader waits for more input",
        .mend = "read and write at the same time: start a thread for one of "
                "the two directions",
        .nudge = "The answer is in the pipe, but who could fetch it? Name the "
                 "call in which each thread of your server waits just then.",
        .more = "A thread can wait in one call at a time. If it waits in "
                "ReadFile() for the next line of its input, it does not see "
                "that an answer lies in the other pipe, and a user who wants "
                "the answer before he types on waits as well. On Win32 there "
                "is no poll() for such pipes: WaitForMultipleObjects() cannot "
                "wait for them. Two directions that are independent of each "
                "other need two threads.",
    },
    {
        .id = "WA4",
        .lab = "02-anonpipe",
        .step = 9,
        .what = "the parent waits for the end of a child that waits for its "
                "parent to read what it has printed",
        .mend = "read the child's output to its end first, then call "
                "WaitForSingleObject()",
        .nudge =
            "In which call is your server, and in which is the child, that "
            "has so much to print? Who could make room in the pipe?",
        .more = "A child that writes into a full pipe waits in WriteFile(), so "
                "it cannot end; a parent that waits for its end in "
                "WaitForSingleObject() does not read, so the pipe stays full. "
                "With little output everything seems to work, because it fits "
                "into the few kB that the pipe stores. The order that always "
                "works: read the child's output until the pipe ends, then "
                "wait for the process, then ask for its exit code.",
    },
    {
        .id = "WA5",
        .lab = "02-anonpipe",
        .step = 9,
        .what = "the exit code of a process that is still running is 259, "
                "STILL_ACTIVE: nobody has waited for its end",
        .mend = "call WaitForSingleObject() for the process before "
                "GetExitCodeProcess()",
        .nudge = "The child's output has ended. Does that mean that the child "
                 "has ended? What does GetExitCodeProcess() return if not?",
        .more = "GetExitCodeProcess() does not wait. While the process runs it "
                "succeeds all the same and stores 259 (STILL_ACTIVE, 0x103), "
                "of which a Unix shell sees the low 8 bits: 3. A process may "
                "close its standard output long before it ends, and even one "
                "that ends right away needs a moment between the end of the "
                "pipe and its own. A handle of a process becomes signaled "
                "when the process has ended: WaitForSingleObject(process, "
                "INFINITE) waits for that.",
    },
    {
        .id = "WA6",
        .lab = "02-anonpipe",
        .step = 5,
        .what = "a program's arguments are one string on Win32, and the child "
                "takes it apart by its spaces, quotes and backslashes",
        .mend = "make the command line with command_line() of lab.h, which "
                "puts every argument in quotes",
        .nudge = "What does the child find in its argv if an argument has a "
                 "space in it, or a quote, or nothing at all?",
        .more = "CreateProcess() takes one string, and it is the child's own C "
                "library that makes argv from it: words end at spaces, unless "
                "they stand between double quotes; a quote is written \\\" "
                "inside, and backslashes before a quote are doubled. An "
                "empty argument must be written as \"\". Whoever only joins "
                "the words with spaces loses empty ones, and splits those "
                "with spaces. The rules are in \"Parsing C command-line "
                "arguments\" of Microsoft's documentation; command_line() "
                "follows them.",
    },
    {
        .id = "WA7",
        .lab = "02-anonpipe",
        .step = 7,
        .what = "the parent still holds the read end of the child's input, so "
                "it is never told that nobody reads any more",
        .mend = "close the parent's handle of the child's input end with "
                "CloseHandle(), after CreateProcess()",
        .nudge = "What should tell a writer that nobody reads any more? Who, "
                 "in your program, could still read that pipe? Look at "
                 "WriteFile() and ReadFile().",
        .more = "WriteFile() fails with ERROR_NO_DATA or ERROR_BROKEN_PIPE "
                "when the last handle of the read end was closed. That is how "
                "a parent learns that its child has stopped reading. With a "
                "handle of the read end in the parent itself there is a "
                "possible reader for ever: the pipe fills up, and then the "
                "thread that feeds the child waits in WriteFile() for room "
                "that nobody will make. Close the child's two ends in the "
                "parent right after CreateProcess().",
    },
    {
        .id = "WA8",
        .lab = "02-anonpipe",
        .step = 5,
        .what = "the child did not get the ends of the pipes as its standard "
                "streams",
        .mend = "make the two ends inheritable, name them in STARTUPINFO with "
                "dwFlags = STARTF_USESTDHANDLES, and pass bInheritHandles TRUE",
        .nudge = "Three things together make a handle of yours the child's "
                 "standard input. Which of them are there?",
        .more = "A handle is a number that means something in one process "
                "only. The child can use yours if it inherits them, and then "
                "they have the same numbers: for that each handle must be "
                "inheritable (SECURITY_ATTRIBUTES or SetHandleInformation()), "
                "and CreateProcess() must be called with bInheritHandles "
                "TRUE. Which of them are its standard streams stands in "
                "STARTUPINFO, but only if dwFlags has STARTF_USESTDHANDLES; "
                "else the child gets your own streams. If one of these is "
                "missing, the child starts all the same: its first ReadFile() "
                "fails with error 6 (ERROR_INVALID_HANDLE), or it takes your "
                "input away from you.",
    },
    {
        .id = "WA9",
        .lab = "02-anonpipe",
        .step = 5,
        .what = "the child was not started",
        .mend = "look at what CreateProcess() gets: NULL as the application's "
                "name, and the whole command line, which begins with the "
                "program's name",
        .nudge = "Print the command line that you pass to CreateProcess(), and "
                 "the error right after it. Which word is the program, and "
                 "where is it looked for?",
        .more = "CreateProcess() looks for the program in PATH, and adds .exe, "
                "only if its first argument is NULL and the program's name is "
                "the first word of the second one, in quotes if it has "
                "spaces. A name in the first argument must be a whole path. "
                "The command line must be memory that can be written to: no "
                "string constant for CreateProcessW(). If it fails, it "
                "returns 0 (FALSE) at once, in the parent, and GetLastError() "
                "tells why: 2 means that there is no such file.",
    },
    {.id = NULL},
};
