/*
 * stuck_pipes.c - why a Windows parent and its child are stuck (ends.h)
 *
 * What is told is proved by two things: the calls in which the server waits,
 * and who holds which end of which pipe at that moment.
 */
#include <stdio.h>
#include <string.h>

#include "children.h"
#include "ends.h"
#include "explain.h"
#include "windows.h"

enum {
    WAITS = 8,
    SENTENCE = 240
};

/* The scene, once nothing happens any more. */
static struct {
    struct half_view *server;
    const struct holder *own; /* what the server holds */
    const struct holder *child;
    const struct pipe_end *input;  /* the child's */
    const struct pipe_end *output; /* where the server reads what it prints */
    char waits[WAITS][RELAY_TEXT]; /* the server's calls */
    size_t nwaits;
} scene;

static void
note_waits(void)
{
    const struct relay_call *calls;
    size_t n = half_relay(scene.server, &calls);

    scene.nwaits = 0;
    for (size_t i = 0; i < n && scene.nwaits < WAITS; i++)
        if (!calls[i].has_returned && !calls[i].is_child)
            memcpy(scene.waits[scene.nwaits++], calls[i].what, RELAY_TEXT);
}

/* Does a thread of the server wait in that call, with that handle? */
static int
waits_in(const char *call, uint32_t handle)
{
    char words[40];

    if (handle < 10) /* as relay.h writes them */
        snprintf(words, sizeof words, "%s%u,", call, (unsigned int)handle);
    else
        snprintf(words, sizeof words, "%s0x%x,", call, (unsigned int)handle);
    for (size_t i = 0; i < scene.nwaits; i++)
        if (strncmp(scene.waits[i], words, strlen(words)) == 0)
            return 1;
    return 0;
}

static int
waits_for_child(void)
{
    for (size_t i = 0; i < scene.nwaits; i++)
        if (strncmp(scene.waits[i], "WaitForSingleObject", 19) == 0)
            return 1;
    return 0;
}

static int
reads_input(void)
{
    return waits_in("ReadFile(", scene.own->stream[0]);
}

static int
reads_output(void)
{
    return scene.output != NULL && waits_in("ReadFile(", scene.output->handle);
}

/* The server's end of the pipe that is the child's input, or NULL. */
static const struct pipe_end *
to_child(void)
{
    return scene.input != NULL
               ? find_other_end(scene.own, scene.input->pipe, 'w')
               : NULL;
}

static int
writes_input(void)
{
    const struct pipe_end *end = to_child();

    return end != NULL && waits_in("WriteFile(", end->handle);
}

/* The pipe that the server reads and whose write end it holds itself. */
static int
tell_own_write_end(void)
{
    char sentence[SENTENCE];

    for (size_t i = 0; i < scene.own->ends; i++) {
        const struct pipe_end *end = &scene.own->end[i];
        const struct pipe_end *other =
            find_other_end(scene.own, end->pipe, 'w');
        if (end->mode != 'r' || other == NULL ||
            !waits_in("ReadFile(", end->handle) ||
            (scene.child != NULL &&
                find_other_end(scene.child, end->pipe, 'w') != NULL))
            continue;
        snprintf(sentence, sizeof sentence,
            "server waits in ReadFile() for the end of a pipe (handle 0x%x), "
            "and nobody can write to it but the server itself: it holds the "
            "write end (handle 0x%x)",
            end->handle, other->handle);
        explain_id("WN7", sentence);
        return 1;
    }
    return 0;
}

static int
tell_childs_write_end(void)
{
    char sentence[SENTENCE];

    if (scene.input == NULL ||
        find_other_end(scene.own, scene.input->pipe, 'w') != NULL)
        return 0;
    const struct pipe_end *end =
        find_other_end(scene.child, scene.input->pipe, 'w');
    if (end == NULL)
        return 0;
    snprintf(sentence, sizeof sentence,
        "%s waits for the end of its input, and nobody can write there but %s "
        "itself: it has inherited the write end (handle 0x%x)",
        scene.child->name, scene.child->name, end->handle);
    explain_id("WN8", sentence);
    return 1;
}

static int
tell_kept_input(void)
{
    char sentence[SENTENCE];
    const struct pipe_end *end = to_child();

    if (end == NULL || reads_input() || writes_input())
        return 0;
    snprintf(sentence, sizeof sentence,
        "%s waits for the end of its input: server writes no more, but still "
        "holds the write end (handle 0x%x)",
        scene.child->name, end->handle);
    explain_id("WA1", sentence);
    return 1;
}

/* The child has printed something that nobody fetches. */
static int
tell_unread(void)
{
    char sentence[SENTENCE];
    const char *id = "WA3";
    const char *why = "waits for more input";

    if (scene.output == NULL || scene.output->bytes == 0 || reads_output())
        return 0;
    if (waits_for_child()) {
        id = "WA4";
        why = "waits for its child to end";
    } else if (writes_input()) {
        id = "WA2";
        why = "waits in WriteFile() for room in the other pipe";
    } else if (scene.nwaits != 1 || !reads_input()) {
        return 0;
    }
    snprintf(sentence, sizeof sentence,
        "%u bytes that %s has printed wait in the pipe, and server does not "
        "read them: it %s",
        (unsigned int)scene.output->bytes,
        scene.child != NULL ? scene.child->name : "the child", why);
    explain_id(id, sentence);
    return 1;
}

/* Nobody can write to the child's output any more, which whoever reads it would
 * see. */
static int
tell_unseen_end(void)
{
    if (scene.child != NULL || scene.output == NULL || scene.nwaits != 1 ||
        !reads_input() ||
        find_other_end(scene.own, scene.output->pipe, 'w') != NULL)
        return 0;
    explain_id("WA3", "the child and its output have ended, and server does "
                      "not see that: it waits for more input");
    return 1;
}

/* All was read, and nothing is in the pipes. The item is lost: its input may
 * end now, and then whoever has kept something back prints it. */
static void
tell_kept_back(void)
{
    static const char late[] =
        "it was printed when the input had ended, and not before";
    char sentence[SENTENCE];
    int outcome = pair_verdict->outcome;
    uint64_t before = half_state(scene.server)->bytes[0];

    if (scene.input == NULL || scene.input->bytes > 0 || !reads_input() ||
        !reads_output() || scene.output->bytes > 0)
        return;
    half_close(scene.server);
    pair_wait(scene.server, UNTIL_ENDED, 0);
    pair_verdict->outcome = outcome;
    if (half_state(scene.server)->bytes[0] == before)
        return;
    int is_client = scene.server->side == REFERENCE;
    snprintf(sentence, sizeof sentence, "%s the line in a buffer: %s",
        is_client ? "client has kept" : "somebody has kept", late);
    explain_id(is_client ? "IO1" : "", sentence);
}

/* Returns -1 if the server has ended. */
static int
set_scene(struct half_view *server)
{
    size_t n = find_holders(server, &scene.own);

    if (n == 0)
        return -1;
    scene.server = server;
    scene.child = NULL;
    scene.input = scene.output = NULL;
    for (size_t i = n; i-- > 1;) /* a grandchild, if there is no child */
        if (scene.child == NULL || scene.own[i].is_child)
            scene.child = &scene.own[i];
    if (scene.child != NULL)
        scene.input = find_end(scene.child, scene.child->stream[0]);
    for (size_t i = 0; i < scene.own->ends; i++)
        if (scene.own->end[i].mode == 'r' &&
            (scene.input == NULL ||
                strcmp(scene.own->end[i].pipe, scene.input->pipe) != 0))
            scene.output = &scene.own->end[i];
    note_waits();
    return 0;
}

/* The end of a pipe, ERROR_BROKEN_PIPE, was the last thing that the server has
 * read, and it has ended without asking how its child did. */
static void
tell_broken_pipe(struct half_view *server)
{
    const struct relay_call *calls;
    size_t n = half_relay(server, &calls);
    int is_failure = 0;

    for (size_t i = 0; i < n; i++) {
        if (!calls[i].has_returned || calls[i].is_child)
            continue;
        if (strncmp(calls[i].what, "ReadFile(", 9) == 0)
            is_failure = (uint32_t)calls[i].result == 0;
        else if (strncmp(calls[i].what, "WaitForSingleObject", 19) == 0 ||
                 strncmp(calls[i].what, "GetExitCodeProcess", 18) == 0 ||
                 strncmp(calls[i].what, "TerminateProcess", 16) == 0)
            is_failure = 0;
    }
    const struct half_state *state = half_state(server);
    if (is_failure && state->status == 1 << 8 && state->bytes[1] > 0)
        explain_id("WN10", "server has ended because ReadFile() has failed: "
                           "with error 109 (ERROR_BROKEN_PIPE), the end of "
                           "the pipe");
}

/* Our programs say so if they cannot read their standard input at all. */
static void
tell_no_input(struct half_view *server)
{
    size_t size;
    const char *said = half_output(server, 2, &size);

    if (strncmp(said, "server:", 7) == 0)
        return;
    if (strstr(said, ": Invalid handle") != NULL)
        explain_id("WA8", "the child's standard input is no handle that it "
                          "has: the end of the pipe was not inherited");
    else if (strstr(said, ": Access denied") != NULL)
        explain_id("", "the child cannot read its standard input: it is the "
                       "wrong end of a pipe");
}

void
tell_stuck_pipes(int is_stuck)
{
    struct half_view *server = NULL;
    struct half_view *half;

    for (int i = 0; (half = pair_half(i)) != NULL; i++)
        if (half->side != TOOL && strcmp(half->name, "server") == 0)
            server = half;
    if (server == NULL)
        return;
    if (half_state(server)->has_ended) {
        if (server->side == REFERENCE)
            return;
        tell_broken_pipe(server);
        tell_no_input(server);
        return;
    }
    if (!is_stuck || set_scene(server) == -1)
        return;
    if (server->side != REFERENCE &&
        (tell_own_write_end() || tell_childs_write_end() || tell_kept_input() ||
            tell_unread() || tell_unseen_end()))
        return;
    tell_kept_back();
}
