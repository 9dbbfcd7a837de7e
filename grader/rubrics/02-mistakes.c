/*
 * 02-mistakes.c - mistakes with pipes between parent and child that have a name (diagnosis.h)
 */
#include <stddef.h>

#include "mistakes.h"

const struct diagnosis mistakes_02[] = {
    {"AP1", "02-anonpipe", 7,
        "whoever reads a pipe must not hold its write end: the end of the "
        "pipe comes only when nobody at all can write any more",
        "close the write end in the reader right after fork()"},
    {"AP2", "02-anonpipe", 8,
        "another process still holds the write end, so the reader never sees "
        "the end",
        "close the write end as soon as there is nothing more to write"},
    {"AP3", "02-anonpipe", 7,
        "whoever writes a pipe must not hold its read end: it would never be "
        "told (SIGPIPE, EPIPE) that nobody reads any more",
        "close the read end in the writer right after fork()"},
    {"AP8", "02-anonpipe", 8,
        "both sides write and neither reads: a pipe holds 64 kB, then "
        "write() waits",
        "read and write at the same time: a thread for each direction, or "
        "poll()"},
    {"AP9", "02-anonpipe", 9,
        "a child was not waited for: it stays as a zombie until its parent "
        "ends",
        "call waitpid() for every child"},
    {"AP14", "02-anonpipe", 5,
        "the program that was started got more than its two pipe ends, the "
        "write end of its own input among them",
        "close all four pipe descriptors in the child after dup2(), before "
        "exec"},
    {"AP16", "02-anonpipe", 5,
        "a signal that is ignored stays ignored over exec, so the program that "
        "was started does not die from SIGPIPE",
        "signal(SIGPIPE, SIG_DFL) in the child before exec"},
    {"AP17", "02-anonpipe", 9,
        "a child that waits for its output to be read cannot end, so its "
        "parent must not wait for its end yet",
        "read the child's output to its end first, then call waitpid()"},
    {"AP18", "02-anonpipe", 8,
        "an answer has come, but its reader waits for something else",
        "read and write at the same time: a thread for each direction, or "
        "poll()"},
    {"EX1", "02-anonpipe", 5, "the child did not become the program",
        "look at what execvp() gets: the program's name, found through PATH, "
        "and its arguments from argv[0] (the name again) to NULL"},
    {NULL, NULL, 0, NULL, NULL},
};
