/*
 * 01-mistakes.c - mistakes with memory that both halves see that have a name (diagnosis.h)
 */
#include <stddef.h>

#include "mistakes.h"

const struct diagnosis mistakes_01[] = {
    {"FM1", "01-filemapping", 1,
        "the mapping is longer than its file: touching memory behind the end "
        "of the file raises SIGBUS",
        "give the file its size with ftruncate() before mmap()"},
    {"FM2", "01-filemapping", 2,
        "a private mapping is a copy: what is stored there is never seen by "
        "anybody else",
        "use MAP_SHARED"},
    {"FM5", "01-filemapping", 6,
        "what is stored in a mapping reaches the disk some time later, and not "
        "at all if the machine stops before that",
        "call msync() with MS_SYNC, and check it, after each store"},
    {"FM6", "01-filemapping", 5,
        "the board was used out of turn: written before it was taken, or read "
        "before it was full",
        "wait for the semaphore first, and post the other one last"},
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
    {NULL, NULL, 0, NULL, NULL},
};
