/*
 * mutations.h - the list of single mutations of a source
 */
#ifndef MUTATIONS_H
#define MUTATIONS_H

#include <stdio.h>

#include "syntax.h"

struct mutation {
    const char *kind;     /* "drop-call", ... */
    const char *function; /* that holds it; "-": none */
    struct span span;     /* these bytes ... */
    char *text;           /* ... become these */
    char *words;          /* what it does: "OLD -> NEW", or "OLD" is dropped */
    int twin;             /* 1; of those with the same words: 2, 3, ... */
};

struct mutations {
    const struct syntax *syntax;
    const char *function; /* that is looked at now */
    struct mutation *list;
    size_t n;
};

/* Adds a mutation: the bytes of span become the text. context, which holds the
 * span, is what a reader is shown. One that is there already is not added. */
void mutations_add(struct mutations *mutations, const char *kind,
    struct span span, struct span context, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Prints a line for each: number, line of the source, key, the lines of the
 * source that it touches, and what becomes of them; tabs between. The key is
 * "NAME FUNCTION KIND: WORDS", with " (2)" behind it for a twin: it stays the
 * same when lines are added elsewhere. */
void mutations_print(
    const struct mutations *mutations, const char *name, FILE *stream);

/* Writes the mutated sources: FOLDER/1.c, FOLDER/2.c, ...
 * Returns 0, or -1 with errno set. */
int mutations_write(const struct mutations *mutations, const char *folder);

void mutations_free(struct mutations *mutations);

#endif
