/*
 * timeline.c - see timeline.h
 */
#include "timeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "entries.h"
#include "text.h"
#include "wire.h"

enum {
    EACH = 4 /* calls that every process may show, whoever did more lately */
};

static void
read_part(
    struct strace_list *list, const struct trace_part *part, const char *text)
{
    size_t head = part->head;
    size_t tail = part->tail;
    const char *last = text + head;

    if (part->missing == 0) {
        strace_read(list, part->pid, text, head + tail);
        return;
    }
    /* The line before what is missing, and the one behind it, are cut. */
    while (head > 0 && text[head - 1] != '\n')
        head--;
    while (tail > 0 && *last++ != '\n')
        tail--;
    strace_read(list, part->pid, text, head);
    strace_missing(list, part->pid, (size_t)part->missing);
    strace_read(list, part->pid, last, tail > 0 ? tail - 1 : 0);
}

/* Returns 0, or -1 if a half has no trace or the bytes make no sense. */
static int
read_parts(struct entries *entries, const char *traces, size_t size)
{
    struct trace_part part;

    for (int half = 0; size > 0; half++) {
        struct strace_list list = {0};
        if (size < sizeof part)
            return -1;
        memcpy(&part, traces, sizeof part);
        part.name[sizeof part.name - 1] = '\0';
        traces += sizeof part;
        size -= sizeof part;
        size_t length = (size_t)part.head + part.tail;
        if (length == 0 || length > size ||
            actors_add(&entries->actors, part.pid, half, part.name) == NULL)
            return -1;
        read_part(&list, &part, traces);
        entries_read(entries, half, &list);
        strace_free(&list);
        traces += length;
        size -= length;
    }
    return entries->start > 0 ? 0 : -1;
}

/* Chooses TIMELINE_LINES of them: the last EACH of every process, as far as
 * they go round, then the latest of all. */
static void
choose(const struct entries *entries, char *is_chosen)
{
    size_t left = TIMELINE_LINES;

    for (int round = 0; round < EACH; round++)
        for (size_t a = 0; a < entries->actors.n && left > 0; a++)
            for (size_t i = entries->n; i-- > 0;)
                if (!is_chosen[i] && entries->entry[i].actor == a) {
                    is_chosen[i] = 1;
                    left--;
                    break;
                }
    for (size_t i = entries->n; i-- > 0 && left > 0;)
        if (!is_chosen[i]) {
            is_chosen[i] = 1;
            left--;
        }
    /* To say that one is missing takes as much room as that one. */
    for (size_t i = 0; i + 1 < entries->n; i++)
        if ((i == 0 || is_chosen[i - 1]) && is_chosen[i + 1])
            is_chosen[i] = 1;
}

/* Milliseconds since the start, within reason whatever the trace says. */
static double
since_start(const struct entries *entries, double time)
{
    const double limit = 1e7;
    double result = (time - entries->start) * 1000;

    return result > 0 && result < limit ? result : 0;
}

static void
add_gap(struct timeline *timeline, size_t count, double time)
{
    struct timeline_line *line = &timeline->line[timeline->n++];

    *line = (struct timeline_line){.kind = TIMELINE_MORE, .time = time};
    snprintf(line->call, sizeof line->call, "... %zu %s", count,
        count == 1 ? "other call" : "other calls");
}

static void
add_line(struct timeline *timeline, struct entries *entries,
    const struct entry *entry)
{
    struct timeline_line *line = &timeline->line[timeline->n++];

    *line = entry->line;
    line->time = since_start(entries, entry->line.time);
    if (entry->child <= 0)
        return;
    const struct actor *child = actors_find(&entries->actors, entry->child,
        entries->actors.actor[entry->actor].half);
    if (child != NULL)
        text_add(line->result, sizeof line->result, " (%s)", child->name);
}

static void
fill(struct timeline *timeline, struct entries *entries)
{
    char *is_chosen = calloc(entries->n + 1, 1);
    size_t skipped = 0;
    double time = 0;

    if (is_chosen == NULL)
        return;
    choose(entries, is_chosen);
    for (size_t i = 0; i < entries->n; i++) {
        const struct entry *entry = &entries->entry[i];
        if (!is_chosen[i]) {
            if (skipped == 0)
                time = since_start(entries, entry->line.time);
            skipped += entry->line.kind == TIMELINE_MORE ? entry->count : 1;
            continue;
        }
        if (skipped > 0 && timeline->n < TIMELINE_ALL)
            add_gap(timeline, skipped, time);
        skipped = 0;
        if (timeline->n < TIMELINE_ALL)
            add_line(timeline, entries, entry);
    }
    free(is_chosen);
}

static int
read_relay(struct entries *entries, const char *calls, size_t size)
{
    static struct relay_told told[RELAY_TOLD + RELAY_THREADS];
    struct relay_part part;

    for (int half = 0; size > 0; half++) {
        if (size < sizeof part)
            return -1;
        memcpy(&part, calls, sizeof part);
        part.name[sizeof part.name - 1] = '\0';
        part.child[sizeof part.child - 1] = '\0';
        calls += sizeof part;
        size -= sizeof part;
        size_t length = part.calls * sizeof told[0];
        if (part.calls > RELAY_TOLD + RELAY_THREADS || length > size)
            return -1;
        memcpy(told, calls, length);
        for (uint32_t i = 0; i < part.calls; i++) {
            told[i].call.what[RELAY_TEXT - 1] = '\0';
            told[i].object[sizeof told[i].object - 1] = '\0';
        }
        entries_read_relay(entries, half, &part, told);
        calls += length;
        size -= length;
    }
    return entries->start > 0 ? 0 : -1;
}

static void
make(
    struct timeline *timeline, struct entries *entries, int error, int is_stuck)
{
    memset(timeline, 0, sizeof *timeline);
    if (error == 0) {
        entries_end(entries, is_stuck);
        entries_fold(entries);
        fill(timeline, entries);
    }
    if (timeline->n > 0)
        timeline->state = TIMELINE_SHOWN;
    free(entries->entry);
}

void
timeline_make(
    struct timeline *timeline, const char *traces, size_t size, int is_stuck)
{
    struct entries entries = {.n = 0};

    make(timeline, &entries, read_parts(&entries, traces, size), is_stuck);
}

void
timeline_make_relay(
    struct timeline *timeline, const char *calls, size_t size, int is_stuck)
{
    struct entries entries = {.n = 0};

    make(timeline, &entries, read_relay(&entries, calls, size), is_stuck);
}
