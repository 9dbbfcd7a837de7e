/*
 * entries.h - what a timeline is made of: the events worth telling
 */
#ifndef ENTRIES_H
#define ENTRIES_H

#include <stddef.h>

#include "actors.h"
#include "relay.h"
#include "strace_text.h"
#include "timeline.h"

struct entry {
    struct timeline_line line; /* time: in seconds since 1970 */
    size_t actor;
    pid_t child;  /* that this call has started, or 0 */
    size_t count; /* MORE: calls that it stands for */
    size_t order; /* of reading */
    int is_done;
};

struct entries {
    struct entry *entry;
    size_t n;
    size_t room;
    struct actors actors;
    double start; /* when the first half became its program; 0: none did */
};

/* Adds an event of the actor at that time, in seconds. Returns NULL if there is
 * no memory. */
struct entry *entries_add(struct entries *entries, enum timeline_kind kind,
    double time, const struct actor *actor);

/* The actor's last one, or NULL. */
struct entry *entries_find_last(
    const struct entries *entries, const struct actor *actor);

/* Adds that the actor has made so many more calls, which nobody shows. */
void entries_add_missing(struct entries *entries, const struct actor *actor,
    double time, size_t count);

/* Adds that the actor has ended, and how. */
void entries_add_end(struct entries *entries, const struct actor *actor,
    double time, const char *how);

/* Adds the events of one half, from where it became its program. */
void entries_read(
    struct entries *entries, int half, const struct strace_list *list);

/* The same for a Windows program: the last calls that it has made. */
void entries_read_relay(struct entries *entries, int half,
    const struct relay_part *part, const struct relay_told *told);

/* Says of each process what it does at the end: it waits or runs. */
void entries_end(struct entries *entries, int is_stuck);

/* Folds what one process repeats, then sorts all by time. */
void entries_fold(struct entries *entries);

#endif
