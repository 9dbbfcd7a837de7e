/*
 * entries_relay.c - the calls of a Windows program (see entries.h)
 */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "entries.h"
#include "spelling_win32.h"
#include "text.h"

/* Why the call before it has failed: told there. */
static void
add_error(struct entry *last, const struct relay_call *call)
{
    char error[40];

    if (last == NULL || !last->is_done || last->line.kind != TIMELINE_CALL ||
        call->result == 0)
        return;
    char *result = last->line.result;
    size_t size = sizeof last->line.result;
    spelling_win32_error(error, sizeof error, (uint32_t)call->result);
    if (strcmp(result, "FALSE") == 0 || strcmp(result, "NULL") == 0 ||
        strcmp(result, "INVALID_HANDLE_VALUE") == 0)
        snprintf(result, size, "%s", error);
    else if (strchr(result, '(') == NULL && strncmp(result, "ERROR", 5) != 0)
        text_add(result, size, " (%s)", error);
}

static void
add_call(struct entries *entries, const struct actor *actor,
    const struct relay_told *told)
{
    const struct relay_call *call = &told->call;

    if (strncmp(call->what, "GetStdHandle(", 13) == 0 ||
        strncmp(call->what, "SetUnhandledExceptionFilter(", 28) == 0)
        return;
    if (strncmp(call->what, "GetLastError(", 13) == 0) {
        add_error(entries_find_last(entries, actor), call);
        return;
    }
    struct entry *entry =
        entries_add(entries, TIMELINE_CALL, (double)call->ms / 1000, actor);
    if (entry == NULL)
        return;
    spelling_win32_call(entry->line.call, sizeof entry->line.call, told);
    entry->is_done = call->has_returned;
    if (call->has_returned)
        spelling_win32_result(
            entry->line.result, sizeof entry->line.result, call);
}

static void
add_end(
    struct entries *entries, const struct actor *actor, double time, int status)
{
    char how[40] = "killed";

    if (WIFEXITED(status))
        snprintf(how, sizeof how, "exit status %d", WEXITSTATUS(status));
    entries_add_end(entries, actor, time, how);
}

void
entries_read_relay(struct entries *entries, int half,
    const struct relay_part *part, const struct relay_told *told)
{
    double time = entries->start;
    size_t before = entries->n;
    struct actor *first = NULL;

    /* Threads have numbers of their own: those of the half come first. */
    for (uint32_t i = 0; i < part->calls && first == NULL; i++)
        if (!told[i].call.is_child)
            first = actors_add(
                &entries->actors, (pid_t)told[i].call.thread, half, part->name);
    if (first == NULL)
        return;
    double begin = (double)told[0].call.ms / 1000;
    if (entries->start <= 0 || begin < entries->start)
        entries->start = begin;
    if (part->missing > 0)
        entries_add_missing(entries, first, begin, (size_t)part->missing);
    for (uint32_t i = 0; i < part->calls; i++) {
        const struct relay_call *call = &told[i].call;
        struct actor *actor =
            actors_find(&entries->actors, (pid_t)call->thread, half);
        if (actor == NULL)
            continue;
        actor->is_thread = !actor->is_first;
        if (call->is_child)
            snprintf(actor->name, sizeof actor->name, "%.23s",
                part->child[0] != '\0' ? part->child : "child");
        add_call(entries, actor, &told[i]);
        if ((double)call->ms / 1000 > time)
            time = (double)call->ms / 1000;
    }
    if (!part->has_ended)
        return;
    for (size_t i = before; i < entries->n; i++)
        entries->entry[i].is_done = 1; /* nobody waits there any more */
    add_end(entries, first, time, part->status);
}
