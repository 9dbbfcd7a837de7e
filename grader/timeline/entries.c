/*
 * entries.c - see entries.h
 */
#include "entries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "spelling.h"
#include "text.h"

struct entry *
entries_add(struct entries *entries, enum timeline_kind kind, double time,
    const struct actor *actor)
{
    if (entries->n == entries->room) {
        size_t room = entries->room * 2 + 64;
        void *more = realloc(entries->entry, room * sizeof *entries->entry);
        if (more == NULL)
            return NULL;
        entries->entry = more;
        entries->room = room;
    }
    struct entry *entry = &entries->entry[entries->n];
    *entry = (struct entry){.order = entries->n++};
    entry->actor = (size_t)(actor - entries->actors.actor);
    entry->line.kind = kind;
    entry->line.time = time;
    entry->line.column = !(actor->half == 0 && actor->is_first);
    memcpy(entry->line.half, actor->name, sizeof entry->line.half);
    return entry;
}

struct entry *
entries_find_last(const struct entries *entries, const struct actor *actor)
{
    size_t which = (size_t)(actor - entries->actors.actor);

    for (size_t i = entries->n; i-- > 0;)
        if (entries->entry[i].actor == which)
            return &entries->entry[i];
    return NULL;
}

void
entries_add_missing(struct entries *entries, const struct actor *actor,
    double time, size_t count)
{
    struct entry *entry = entries_add(entries, TIMELINE_MORE, time, actor);

    if (entry == NULL)
        return;
    entry->is_done = 1;
    entry->count = count;
    snprintf(
        entry->line.call, sizeof entry->line.call, "... %zu more calls", count);
}

void
entries_add_end(struct entries *entries, const struct actor *actor, double time,
    const char *how)
{
    struct entry *entry = entries_add(entries, TIMELINE_ENDED, time, actor);

    if (entry == NULL)
        return;
    entry->is_done = 1;
    snprintf(entry->line.call, sizeof entry->line.call, "ended");
    snprintf(entry->line.result, sizeof entry->line.result, "%.95s", how);
}

/* stdio writes a message on standard error in pieces: write(2, "server: ", 8)
 * and so on are made one. Returns 1 if this was another piece. */
static int
is_another_piece(struct entry *last, const struct spelled *spelled)
{
    static const char begin[] = "write(2, \"";

    if (last == NULL || strncmp(last->line.call, begin, strlen(begin)) != 0 ||
        strncmp(spelled->call, begin, strlen(begin)) != 0)
        return 0;
    char *end = strrchr(last->line.call, '"');
    if (end[1] != ',' && end[1] != ')')
        return 1; /* strace has cut the string */
    size_t room = sizeof last->line.call - (size_t)(end - last->line.call);
    const char *piece = spelled->call + strlen(begin);
    const char *quote = strrchr(piece, '"');
    snprintf(
        end, room, "%.*s\")", quote != NULL ? (int)(quote - piece) : 0, piece);
    last->line.result[0] = '\0';
    last->is_done = 1;
    return 1;
}

static void
add_call(struct entries *entries, struct actor *actor,
    struct spelling *spelling, const struct strace_event *event)
{
    struct spelled spelled;

    if (!spell(spelling, event, &spelled) ||
        is_another_piece(entries_find_last(entries, actor), &spelled))
        return;
    struct entry *entry =
        entries_add(entries, TIMELINE_CALL, event->time, actor);
    if (entry == NULL)
        return;
    text_squeeze(spelled.call, sizeof entry->line.call - 1);
    snprintf(entry->line.call, sizeof entry->line.call, "%.199s", spelled.call);
    snprintf(
        entry->line.result, sizeof entry->line.result, "%.95s", spelled.result);
    entry->is_done = event->is_done;
    entry->child = spelled.child;
    if (spelled.program[0] != '\0' && !actor->is_first)
        snprintf(actor->name, sizeof actor->name, "%.15s", spelled.program);
    struct actor *child = spelled.child > 0 ? actors_find(&entries->actors,
                                                  spelled.child, actor->half)
                                            : NULL;
    if (child != NULL && strncmp(spelled.call, "pthread", 7) == 0)
        child->is_thread = 1;
}

/* "SIGSEGV {si_signo=SIGSEGV, si_code=SEGV_MAPERR, si_addr=NULL}" */
static void
add_signal(struct entries *entries, const struct actor *actor,
    const struct strace_event *event)
{
    const char *address = strstr(event->text, "si_addr=");

    /* The end of a child is told where it ends. */
    if (strncmp(event->text, "SIG", 3) != 0 ||
        strncmp(event->text, "SIGCHLD", 7) == 0 ||
        strncmp(event->text, "SIGCONT", 7) == 0)
        return;
    struct entry *entry =
        entries_add(entries, TIMELINE_CALL, event->time, actor);
    if (entry == NULL)
        return;
    entry->is_done = 1;
    snprintf(entry->line.call, sizeof entry->line.call, "signal %.*s",
        (int)strcspn(event->text, " "), event->text);
    if (address != NULL && strncmp(event->text, "SIGSYS", 6) != 0)
        text_add(entry->line.call, sizeof entry->line.call, " at address %.*s",
            (int)strcspn(address + 8, "}"), address + 8);
}

/* "exited with 1", "killed by SIGSEGV" */
static void
add_end(struct entries *entries, const struct actor *actor,
    const struct strace_event *event)
{
    static const char exited[] = "exited with ";
    int has_exited = strncmp(event->text, exited, strlen(exited)) == 0;
    char how[96];

    if (actor->is_thread)
        return;
    snprintf(how, sizeof how, "%s%.80s", has_exited ? "exit status " : "",
        event->text + (has_exited ? strlen(exited) : 0));
    entries_add_end(entries, actor, event->time, how);
}

/* Where the half becomes its program; n if it never does. */
static size_t
find_start(const struct strace_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->event[i].kind == STRACE_CALL &&
            strncmp(list->event[i].text, "execve(", 7) == 0)
            return i;
    return list->n;
}

void
entries_read(struct entries *entries, int half, const struct strace_list *list)
{
    struct spelling spelling = {.nmaps = 0};
    size_t start = find_start(list);

    if (start < list->n &&
        (entries->start <= 0 || list->event[start].time < entries->start))
        entries->start = list->event[start].time;
    for (size_t i = start + 1; i < list->n; i++) {
        const struct strace_event *event = &list->event[i];
        struct actor *actor = actors_find(&entries->actors, event->pid, half);
        if (actor == NULL)
            continue;
        switch (event->kind) {
        case STRACE_CALL:
            add_call(entries, actor, &spelling, event);
            break;
        case STRACE_SIGNAL:
            add_signal(entries, actor, event);
            break;
        case STRACE_END:
            add_end(entries, actor, event);
            break;
        case STRACE_MISSING:
            entries_add_missing(entries, actor, event->time, event->count);
            break;
        }
    }
}

void
entries_end(struct entries *entries, int is_stuck)
{
    for (size_t a = 0; a < entries->actors.n; a++) {
        const struct actor *actor = &entries->actors.actor[a];
        struct entry *last = entries_find_last(entries, actor);
        if (last != NULL && !last->is_done)
            last->line.kind = is_stuck ? TIMELINE_STUCK : TIMELINE_WAITS;
        if (!actor->is_first ||
            (last != NULL &&
                (!last->is_done || last->line.kind == TIMELINE_ENDED)))
            continue;
        struct entry *entry = entries_add(entries, TIMELINE_RUNS,
            last != NULL ? last->line.time : entries->start, actor);
        if (entry != NULL)
            snprintf(entry->line.call, sizeof entry->line.call,
                "in no call: it runs, or waits to run");
    }
}
