/*
 * entries_fold.c - what repeats is told once (see entries.h)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "entries.h"

enum {
    PERIOD = 4,  /* calls that repeat as a group, at most */
    WORTH_IT = 6 /* calls that are left out, at least */
};

/* Entries of one actor, in their order. */
struct row {
    struct entry **entry;
    size_t n;
};

/* The same call on the same object, whatever else it says. */
static int
is_alike(const struct entry *a, const struct entry *b)
{
    size_t length = strcspn(a->line.call, ",)");

    return a->line.kind == TIMELINE_CALL && b->line.kind == TIMELINE_CALL &&
           a->is_done && b->is_done &&
           strncmp(a->line.call, b->line.call, length) == 0 &&
           strcspn(b->line.call, ",)") == length;
}

static int
is_missing(const struct entry *entry)
{
    return entry->line.kind == TIMELINE_MORE;
}

/* How many entries from i on repeat the first period ones. What is missing is
 * taken for more of the same if it goes on behind it, in whatever place. */
static size_t
run_length(const struct row *row, size_t i, size_t period)
{
    size_t phase = 0;
    size_t end = i + period;
    int is_lost = 0; /* the phase is not known any more */

    for (size_t k = i; k < end; k++)
        if (k >= row->n || is_missing(row->entry[k]))
            return 0;
    for (size_t at = end; at < row->n; at++) {
        if (is_missing(row->entry[at])) {
            is_lost = 1;
            continue;
        }
        size_t tries = is_lost ? period : 1;
        while (tries > 0 && !is_alike(row->entry[at], row->entry[i + phase])) {
            phase = (phase + 1) % period;
            tries--;
        }
        if (tries == 0)
            break;
        phase = (phase + 1) % period;
        is_lost = 0;
        end = at + 1;
    }
    return end - i;
}

/* Makes one entry of those from first to end: the first one. */
static size_t
fold(const struct row *row, size_t first, size_t end, size_t period)
{
    struct entry *into = row->entry[first];
    size_t count = 0;

    for (size_t i = first; i < end; i++) {
        count += is_missing(row->entry[i]) ? row->entry[i]->count : 1;
        row->entry[i]->actor = ACTORS; /* nobody's */
    }
    into->actor = row->entry[end]->actor;
    into->line.kind = TIMELINE_MORE;
    into->count = count;
    into->line.result[0] = '\0';
    snprintf(into->line.call, sizeof into->line.call, "... %zu more like %s",
        count, period == 1 ? "this" : "these");
    return count;
}

static void
fold_row(const struct row *row)
{
    for (size_t i = 0; i < row->n;) {
        size_t best = 0;
        size_t period = 1;
        for (size_t p = 1; p <= PERIOD; p++) {
            size_t length = run_length(row, i, p);
            if (length >= 2 * p + WORTH_IT && length > best + p) {
                best = length;
                period = p;
            }
        }
        if (best == 0) {
            i++;
            continue;
        }
        fold(row, i + period, i + best - period, period);
        i += best;
    }
}

static int
by_time(const void *a, const void *b)
{
    const struct entry *one = a;
    const struct entry *other = b;

    if (one->line.time < other->line.time)
        return -1;
    if (one->line.time > other->line.time)
        return 1;
    return one->order < other->order ? -1 : one->order > other->order;
}

void
entries_fold(struct entries *entries)
{
    struct row row = {calloc(entries->n + 1, sizeof *row.entry), 0};
    size_t kept = 0;

    for (size_t a = 0; a < entries->actors.n && row.entry != NULL; a++) {
        row.n = 0;
        for (size_t i = 0; i < entries->n; i++)
            if (entries->entry[i].actor == a)
                row.entry[row.n++] = &entries->entry[i];
        fold_row(&row);
    }
    free(row.entry);
    for (size_t i = 0; i < entries->n; i++)
        if (entries->entry[i].actor != ACTORS)
            entries->entry[kept++] = entries->entry[i];
    entries->n = kept;
    if (kept > 0)
        qsort(entries->entry, kept, sizeof *entries->entry, by_time);
}
