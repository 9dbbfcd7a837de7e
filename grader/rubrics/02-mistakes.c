/*
 * 02-mistakes.c - named mistakes with pipes to a child (diagnosis.h)
 */
#include <stddef.h>

#include "mistakes.h"

const struct diagnosis mistakes_02[] = {
    {
        .id = "AP1",
        .lab = "02-anonpipe",
        .step = 7,
        .what = "whoever reads a pipe must not hold its write end: the end of "
                "the pipe comes only when nobody at all can write any more",
        .mend = "close the write end in the reader right after fork()",
        .nudge = "Which processes have this pipe open for writing while the "
                 "reader waits? List the descriptors of every one of them, the "
                 "reader itself included, and count the w.",
        .more = "read() on an empty pipe returns 0, the end, only when no "
                "process at all has a descriptor for the writing end. The "
                "kernel counts descriptors, not intentions: a copy that you "
                "will never write to counts as well. fork() copies all "
                "descriptors, so after it both ends of both pipes are open in "
                "parent and child, twice each. The reader that keeps its own "
                "copy of the write end waits for itself. \"ls -l "
                "/proc/PID/fd\" shows l-wx for a writing end and lr-x for a "
                "reading end, with the pipe's number behind it; the report "
                "names the descriptor. So each process closes, right after "
                "fork(), the ends that are the other one's business.",
    },
    {
        .id = "AP2",
        .lab = "02-anonpipe",
        .step = 8,
        .what = "another process still holds the write end, so the reader "
                "never sees the end",
        .mend = "close the write end as soon as there is nothing more to write",
        .nudge = "The reader is right, and still its input does not end. Which "
                 "other process has a writing end of that pipe open, and when "
                 "does it close it?",
        .more = "The end of a pipe comes when the last descriptor for its "
                "writing end is closed, in whatever process: in the parent "
                "that forgot to close it after its last write, in a second "
                "child that inherited it, or in a program that one of these "
                "has started. A thread that returns closes nothing, as "
                "descriptors belong to the process. Look for the pipe's number "
                "with a w in every process: \"ls -l /proc/*/fd 2>/dev/null | "
                "grep 'pipe:\\[NUMBER\\]'\". Close the end as soon as there is "
                "nothing more to write, on the way through an error too. For "
                "descriptors that no child should get there is FD_CLOEXEC, "
                "which closes them at exec.",
    },
    {
        .id = "AP3",
        .lab = "02-anonpipe",
        .step = 7,
        .what = "whoever writes a pipe must not hold its read end: it would "
                "never be told (SIGPIPE, EPIPE) that nobody reads any more",
        .mend = "close the read end in the writer right after fork()",
        .nudge =
            "What should tell a writer that nobody reads any more? Who, in "
            "your program, could still read that pipe?",
        .more = "When the last reading end of a pipe is closed, write() fails "
                "with EPIPE (and sends SIGPIPE, unless that is ignored). That "
                "is how a writer learns that its work has become useless. A "
                "writer that keeps a copy of the reading end is itself a "
                "possible reader in the kernel's eyes, so it is never told: it "
                "fills the 64 KiB that a pipe holds and then waits in write() "
                "for room that only it could make. Small tests never show it. "
                "\"ls -l /proc/PID/fd\" of the writer shows the same pipe "
                "number with both l-wx and lr-x. Close the reading end in the "
                "writer right after fork(), as you close the writing end in "
                "the reader.",
    },
    {
        .id = "AP8",
        .lab = "02-anonpipe",
        .step = 8,
        .what = "both sides write and neither reads: a pipe holds 64 kB, then "
                "write() waits",
        .mend = "read and write at the same time: a thread for each direction, "
                "or poll()",
        .nudge =
            "Send more than 64 KiB through a child that gives everything "
            "back: \"head -c 1000000 /dev/zero | ./server cat | wc -c\". "
            "In which call is the server, in which the child, when nothing "
            "moves any more?",
        .more = "A pipe on Linux holds 64 KiB; when it is full, write() waits "
                "until somebody reads. If the parent first writes all of its "
                "input and only then reads, the child's answers fill the other "
                "pipe, the child waits in write() and reads no more, so the "
                "first pipe fills as well and the parent waits in write(), "
                "too. Each waits for the other to read: a deadlock that no "
                "small test finds. \"strace -f -p PID\" shows both in write(). "
                "Reading and writing have to go on at the same time: with a "
                "thread for each direction, as this lab does, or with one loop "
                "around poll() and descriptors that do not wait.",
    },
    {
        .id = "AP9",
        .lab = "02-anonpipe",
        .step = 9,
        .what = "a child was not waited for: it stays as a zombie until its "
                "parent ends",
        .mend = "call waitpid() for every child",
        .nudge = "Run \"ps -o pid,ppid,stat,comm\" while your server is still "
                 "there and its child has ended. What does the letter Z mean, "
                 "and which call makes it go away?",
        .more = "When a process ends, its memory and descriptors go at once, "
                "but a small entry with its exit status stays in the table of "
                "processes until the parent asks for it. Such an entry is "
                "called a zombie (state Z, \"defunct\" in ps). It uses next to "
                "nothing, but a server that never asks collects them until "
                "there is no room for new processes, and it also never learns "
                "how its children ended. waitpid() waits for the end, hands "
                "out the status and removes the entry. It may be interrupted "
                "(EINTR): then call it again. The end of the child's output is "
                "not its end: somebody who has closed standard output may "
                "still be running.",
    },
    {
        .id = "AP14",
        .lab = "02-anonpipe",
        .step = 5,
        .what = "the program that was started got more than its two pipe ends, "
                "the write end of its own input among them",
        .mend = "close all four pipe descriptors in the child after dup2(), "
                "before exec",
        .nudge =
            "List the descriptors of the program that was started: \"ls -l "
            "/proc/PID/fd\". What does it have above 2, and where did it "
            "get that from?",
        .more = "exec replaces the program and keeps the descriptors, except "
                "those marked with FD_CLOEXEC. dup2() makes a copy: afterwards "
                "standard input and the old number mean the same pipe end, and "
                "the old one is still open. So the program that you start "
                "gets, besides 0 and 1, all four ends of your pipes unless you "
                "close them, the write end of its own input among them. It "
                "cannot know of that; it reads until the end, and the end "
                "never comes since it could write to itself. Programs that do "
                "not read to the end, such as echo, work nevertheless. After "
                "both dup2() close all four: the two copies, 0 and 1, are all "
                "that the program needs.",
    },
    {
        .id = "AP16",
        .lab = "02-anonpipe",
        .step = 5,
        .what = "a signal that is ignored stays ignored over exec, so the "
                "program that was started does not die from SIGPIPE",
        .mend = "signal(SIGPIPE, SIG_DFL) in the child before exec",
        .nudge = "lab_start() has told the system to ignore SIGPIPE, for your "
                 "server. What does a program started by exec inherit of that?",
        .more = "exec sets signals that are caught back to their default "
                "action, since the handler's code is gone; signals that are "
                "ignored stay ignored (signal(7), execve(2)). Most programs "
                "count on SIGPIPE: in \"yes | head -n 1\" it is what ends yes. "
                "Started with the signal ignored, such a program gets EPIPE "
                "from every write, and one that does not check its writes runs "
                "on for ever. \"grep SigIgn /proc/PID/status\" shows the "
                "ignored signals as a hexadecimal number; SIGPIPE is number "
                "13, that is the bit 0x1000. Set SIG_DFL again in the child, "
                "between fork() and exec.",
    },
    {
        .id = "AP17",
        .lab = "02-anonpipe",
        .step = 9,
        .what = "a child that waits for its output to be read cannot end, so "
                "its parent must not wait for its end yet",
        .mend = "read the child's output to its end first, then call waitpid()",
        .nudge = "The child has more to print than a pipe holds, and your "
                 "server waits for its end. Who reads meanwhile?",
        .more = "A child that writes into a full pipe waits in write(), so it "
                "cannot end; a parent that waits for its end in waitpid() does "
                "not read, so the pipe stays full. Both sleep for ever. With "
                "little output everything works, because it fits into the 64 "
                "KiB that the pipe stores. The same happens if the output is "
                "read once and not to its end. \"strace -f -p PID\" shows one "
                "process in wait4() and the other in write(). The order that "
                "always works: read the child's output until read() returns 0, "
                "then call waitpid().",
    },
    {
        .id = "AP18",
        .lab = "02-anonpipe",
        .step = 8,
        .what = "an answer has come, but its reader waits for something else",
        .mend = "read and write at the same time: a thread for each direction, "
                "or poll()",
        .nudge =
            "The child has answered; the bytes lie in the pipe. What is "
            "your server waiting for at this moment, and why not for them?",
        .more = "A process, or a thread, can sleep in one call at a time. If "
                "it waits in read() for the next line of its input, it does "
                "not see that an answer lies in the other pipe, and a user who "
                "wants the answer before typing on waits as well. The bytes "
                "are safe in the kernel, but nobody fetches them. \"strace -f "
                "-p PID\" shows the thread in read(0), although /proc/PID/fd "
                "has the pipe with the answer. Two directions that are "
                "independent of each other need two waiters: a thread for "
                "each, or poll(), which waits for several descriptors and says "
                "which one can be read.",
    },
    {
        .id = "EX1",
        .lab = "02-anonpipe",
        .step = 5,
        .what = "the child did not become the program",
        .mend = "look at what execvp() gets: the program's name, found through "
                "PATH, and its arguments from argv[0] (the name again) to NULL",
        .nudge = "Print every element of what you pass to execvp(), with its "
                 "index, before you call it. Which is argv[0], and what stands "
                 "behind the last argument?",
        .more = "execvp() takes the name of a file and an array of pointers. "
                "The array begins with argv[0], which by custom is the "
                "program's name again, goes on with the arguments, and must "
                "end with a null pointer; without it the kernel reads on "
                "behind the array, and the call fails with EFAULT or the "
                "program gets wild arguments. The p in the name means: if "
                "there is no slash in the name, look in every folder of PATH; "
                "execv() does not. If execvp() returns at all, it has failed, "
                "errno says why, and the child must end with _exit(127), since "
                "it is a copy of the server and would go on as a second one. "
                "\"strace -f -e trace=execve ./server PROGRAM\" shows what was "
                "tried.",
    },
    {.id = NULL},
};
