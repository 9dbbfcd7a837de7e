/*
 * ends.c - see ends.h
 */
#include "ends.h"

#include <stdio.h>
#include <string.h>

static struct holder holders[ENDS_PROCESSES];
static size_t nholders;
static uint32_t half_pid; /* Wine's number */

int
is_anonymous(const struct pipe_end *end)
{
    static const char begin[] = "\\Win32.Pipes.";

    return strncmp(end->pipe, begin, sizeof begin - 1) == 0;
}

static int
which_stream(const char *word)
{
    static const char *const words[ENDS_STREAMS] = {"input", "output", "error"};

    for (int i = 0; i < ENDS_STREAMS; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    return -1;
}

static void
take_process(const char *line)
{
    if (nholders == ENDS_PROCESSES)
        pair_trouble("too many programs run");
    struct holder *holder = &holders[nholders++];
    uint32_t pid = 0;
    uint32_t parent = 0;

    *holder = (struct holder){.same = {-1, -1, -1}};
    sscanf(line, "process %x %x %23[^.\n]", &pid, &parent, holder->name);
    if (nholders == 1)
        half_pid = pid;
    holder->is_child = nholders > 1 && parent == half_pid;
}

static void
take_end(struct holder *holder, const char *line)
{
    struct pipe_end *end = &holder->end[holder->ends];

    if (holder->ends < ENDS_LIMIT &&
        sscanf(line, "%c %x %63s %u", &end->mode, &end->handle, end->pipe,
            &end->bytes) >= 3)
        holder->ends++;
}

/* See grader/wine/ends.c. */
static void
take_line(const char *line)
{
    char word[12];
    char other[12];
    unsigned int handle;

    if (strncmp(line, "process ", 8) == 0) {
        take_process(line);
        return;
    }
    if (nholders == 0)
        return;
    struct holder *holder = &holders[nholders - 1];
    if (sscanf(line, "same %11s %11s", word, other) == 2)
        holder->same[which_stream(word)] = which_stream(other);
    else if (sscanf(line, "%11s %x", word, &handle) == 2 &&
             which_stream(word) != -1)
        holder->stream[which_stream(word)] = handle;
    else
        take_end(holder, line);
}

/* Wine's services, the tool's ... */
static int
is_stranger(const struct holder *holder)
{
    for (size_t i = 0; i < holder->ends; i++)
        if (is_anonymous(&holder->end[i]))
            return 0;
    return !holder->is_child;
}

/* All that have nothing to do with the half. */
static void
drop_strangers(void)
{
    size_t kept = nholders > 0; /* the half itself */

    for (size_t i = 1; i < nholders; i++)
        if (!is_stranger(&holders[i]))
            holders[kept++] = holders[i];
    nholders = kept;
}

static _Noreturn void
tell_trouble(struct half_view *tool, uint32_t outcome)
{
    size_t size;

    pair_trouble("the handles of the halves could not be looked at "
                 "(outcome %u, status %d, %s)",
        outcome, half_state(tool)->status, half_output(tool, 2, &size));
}

size_t
find_holders(const struct half_view *half, const struct holder **list)
{
    int outcome = pair_verdict->outcome; /* to look is not to wait for a half */
    struct half_view *tool = pair_start(TOOL, "ends", half->name, NULL);
    size_t size;

    uint32_t ended = pair_wait(tool, UNTIL_ENDED, 0)->outcome;
    if (ended != OUTCOME_HOLDS || half_state(tool)->status != 0)
        tell_trouble(tool, ended);
    pair_verdict->outcome = outcome;
    nholders = 0;
    memset(holders, 0, sizeof holders);
    for (const char *line = half_output(tool, 1, &size); *line != '\0';) {
        take_line(line);
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    if (nholders > 0 && strcmp(holders[0].name, half->name) != 0)
        nholders = 0; /* it has ended */
    drop_strangers();
    *list = holders;
    return nholders;
}

const struct pipe_end *
find_end(const struct holder *holder, uint32_t handle)
{
    for (size_t i = 0; i < holder->ends; i++)
        if (holder->end[i].handle == handle)
            return &holder->end[i];
    return NULL;
}

const struct pipe_end *
find_other_end(const struct holder *holder, const char *pipe, char mode)
{
    for (size_t i = 0; i < holder->ends; i++)
        if (holder->end[i].mode == mode &&
            strcmp(holder->end[i].pipe, pipe) == 0)
            return &holder->end[i];
    return NULL;
}
