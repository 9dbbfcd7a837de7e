/*
 * diagnosis.c - see diagnosis.h
 */
#include "diagnosis.h"

#include <stddef.h>
#include <string.h>

#include "labs.h"

const struct diagnosis diagnoses[] = {
    {"AP15", NULL, 0,
        "writing to a pipe that nobody reads any more raises SIGPIPE, which "
        "ends the program",
        "ignore SIGPIPE, as lab_start() does, and handle EPIPE"},
    {"FM12", NULL, 0, "something is left behind",
        "remove what you have created on every way out, errors included"},
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
    {"ORDER1", NULL, 0,
        "the answer depends on who is faster: in the usual order it is right, "
        "in this one it is not",
        "find what the late half should have been waited for, and wait for "
        "that: a semaphore, a byte in a pipe, a message"},
    {"EINTR1", NULL, 0,
        "a call that waits may be interrupted: it fails with EINTR, and "
        "nothing is wrong",
        "call it again while it fails with errno EINTR"},
    {"AP4", NULL, 0,
        "read() may return less than was asked for, and write() may take less "
        "than it was given",
        "repeat until all of it has moved, or use read_all(), write_all() or "
        "copy_all()"},
    {"ERR1", NULL, 0,
        "a call has failed, and the program goes on as if it had not",
        "check every call's result: say with die() what failed, and end with "
        "exit status 1"},
    {"FM9", NULL, 0,
        "mmap() has failed, and the program goes on with what it returned: "
        "that is MAP_FAILED, not NULL",
        "compare with MAP_FAILED, and end with a message"},
    {"SV8", NULL, 0,
        "shmat() has failed, and the program goes on with what it returned: "
        "that is (void *)-1, not NULL",
        "compare with (void *)-1, and end with a message"},
    {NULL, NULL, 0, NULL, NULL},
};

static const struct diagnosis *
find(const struct diagnosis *table, const char *id)
{
    for (; table->id != NULL; table++)
        if (strcmp(table->id, id) == 0)
            return table;
    return NULL;
}

const struct diagnosis *
diagnosis_find(const char *id)
{
    const struct diagnosis *found = find(diagnoses, id);

    for (size_t i = 0; found == NULL && lab_table[i] != NULL; i++)
        found = find(lab_table[i]->mistakes, id);
    return found;
}
