/*
 * actors.c - see actors.h
 */
#include "actors.h"

#include <stdio.h>
#include <string.h>

static struct actor *
add(struct actors *actors, pid_t pid, int half)
{
    if (actors->n == ACTORS)
        return NULL;
    struct actor *actor = &actors->actor[actors->n++];
    *actor = (struct actor){.pid = pid, .half = half};
    return actor;
}

/* How many halves have the name already, with or without a number. */
static int
count_named(const struct actors *actors, const char *name)
{
    size_t length = strlen(name);
    int n = 0;

    for (size_t i = 0; i < actors->n; i++) {
        const char *other = actors->actor[i].name;
        n += strncmp(other, name, length) == 0 &&
             (other[length] == '\0' || other[length] == ' ');
    }
    return n;
}

struct actor *
actors_add(struct actors *actors, pid_t pid, int half, const char *name)
{
    int others = count_named(actors, name);
    struct actor *actor = add(actors, pid, half);

    if (actor == NULL)
        return NULL;
    actor->is_first = 1;
    if (others == 0)
        snprintf(actor->name, sizeof actor->name, "%.15s", name);
    else
        snprintf(actor->name, sizeof actor->name, "%.15s %d", name, others + 1);
    return actor;
}

struct actor *
actors_find(struct actors *actors, pid_t pid, int half)
{
    struct actor *parent = NULL;

    for (size_t i = 0; i < actors->n; i++) {
        struct actor *actor = &actors->actor[i];
        if (actor->half == half && actor->pid == pid)
            return actor;
        if (actor->half == half && actor->is_first)
            parent = actor;
    }
    struct actor *child = parent == NULL ? NULL : add(actors, pid, half);
    if (child != NULL)
        snprintf(child->name, sizeof child->name, "%.15s+%d", parent->name,
            ++parent->children);
    return child;
}
