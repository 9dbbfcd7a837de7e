/*
 * diagnosis.c - see diagnosis.h
 */
#include "diagnosis.h"

#include <stddef.h>
#include <string.h>

const struct diagnosis diagnoses[] = {
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
    {"AP15", NULL, 0,
        "writing to a pipe that nobody reads any more raises SIGPIPE, which "
        "ends the program",
        "ignore SIGPIPE, as lab_start() does, and handle EPIPE"},
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
    {"FM1", "01-filemapping", 1,
        "the mapping is longer than its file: touching memory behind the end "
        "of the file raises SIGBUS",
        "give the file its size with ftruncate() before mmap()"},
    {"FM2", "01-filemapping", 2,
        "a private mapping is a copy: what is stored there is never seen by "
        "anybody else",
        "use MAP_SHARED"},
    {"FM6", "01-filemapping", 5,
        "the board was used out of turn: written before it was taken, or read "
        "before it was full",
        "wait for the semaphore first, and post the other one last"},
    {"FM12", NULL, 0, "something is left behind",
        "remove what you have created on every way out, errors included"},
    {"FM13", "01-filemapping", 4,
        "a lock that lies in shared memory but was made for one process "
        "only never wakes the other one",
        "use the named semaphores of protocol.h"},
    {"FM17", "01-filemapping", 9,
        "the mapping allows more than is needed: a stray store would change "
        "the other half's data",
        "who only looks opens with O_RDONLY and maps with PROT_READ"},
    {"FM18", "01-filemapping", 0,
        "the lines go through a mapping of the file NAME, and here is none: "
        "read() and write(), a FIFO or another file are not what is asked for",
        "mmap() the file NAME, check the result, keep it mapped until the "
        "end"},
    {"SEM1", "01-filemapping", 6,
        "everybody waits for a semaphore and nobody is left to post it",
        "post \"full\" after each board was stored, \"empty\" after each was "
        "taken, for the end as well"},
    {"SEM2", "01-filemapping", 3,
        "the semaphore waited for is not the one that stands under the name "
        "now",
        "remove leftovers before you create, never after"},
    {"SEM3", "01-filemapping", 3,
        "the semaphores of a crashed run were used again, and with them its "
        "counts",
        "sem_unlink() both names before you create them, with O_CREAT | "
        "O_EXCL"},
    {"SEM4", "01-filemapping", 7,
        "a client that creates the semaphores itself waits for a server that "
        "never comes, and nobody removes them",
        "open them with sem_open(name, 0), without O_CREAT"},
    {"END1", "01-filemapping", 6,
        "the end of the input is a board, too: without it nobody knows that "
        "there is nothing more to come",
        "publish a board with the length BOARD_END, as any other, and wait "
        "until it was taken"},
    {"RDY1", NULL, 0,
        "\"ready\" invites the client, and something it needs comes later",
        "print \"ready\" when everything has been created"},
    {"MODE1", NULL, 0,
        "the umask takes permissions away from those that are asked for, and "
        "never adds any",
        "ask for 0600, after umask(0)"},
    {"IO1", NULL, 0,
        "standard output that is a pipe is kept in a buffer until it is full",
        "call fflush(stdout) after each line, or use put_line()"},
    {"NUL1", NULL, 0,
        "a line may hold any byte, and this one ends where a NUL was sent: "
        "strlen(), strcpy() and \"%s\" stop there",
        "go by the length: memcpy(), fwrite(), put_line()"},
    {"SPIN1", NULL, 0, "waiting must not use the processor",
        "use a call that sleeps until there is something to do: read(), "
        "sem_wait(), waitpid()"},
    {"SPIN2", NULL, 0, "waiting must not be sleeping and looking again",
        "use a call that sleeps until there is something to do: read(), "
        "sem_wait(), waitpid()"},
    {"SV11", NULL, 0, "sleeping is not synchronisation",
        "wait for the event itself: a semaphore, a byte in a pipe, the end of "
        "the child"},
    {"FLOOD1", NULL, 0, "the program never stops printing",
        "look at the condition of the loop: is the end of the input, or an "
        "error, noticed?"},
    {"MEM1", NULL, 0, "the program uses memory that is not its own",
        "mend the line that the sanitizer names"},
    {"MEM2", NULL, 0, "the program crashed",
        "check every call's result before you use it; the item about memory "
        "errors may name the line"},
    {NULL, NULL, 0, NULL, NULL},
};

const struct diagnosis *
diagnosis_find(const char *id)
{
    for (size_t i = 0; diagnoses[i].id != NULL; i++)
        if (strcmp(diagnoses[i].id, id) == 0)
            return &diagnoses[i];
    return NULL;
}
