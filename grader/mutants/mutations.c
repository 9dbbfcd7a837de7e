/*
 * mutations.c - see mutations.h
 */
#include "mutations.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORDS_LIMIT = 100, /* of a key's text on either side of "->" */
    LINE_LIMIT = 120   /* of the lines shown */
};

/* Longer texts keep their beginning and their end. */
static void
shorten(char *text, size_t limit)
{
    size_t length = strlen(text);
    size_t half = (limit - 3) / 2;

    if (length <= limit)
        return;
    memcpy(text + half, "...", 3);
    memmove(text + half + 3, text + length - half, half + 1);
}

/* What the bytes of context look like with the mutation made. */
static char *
mutated(const struct mutations *mutations, const struct mutation *mutation,
    struct span context)
{
    const char *source = mutations->syntax->source;
    size_t size = strlen(mutation->text) + context.end - context.begin + 1;
    char *text = malloc(size);

    if (text == NULL)
        abort();
    snprintf(text, size, "%.*s%s%.*s",
        (int)(mutation->span.begin - context.begin), source + context.begin,
        mutation->text, (int)(context.end - mutation->span.end),
        source + mutation->span.end);
    char *squeezed = syntax_squeeze(text, (struct span){0, strlen(text)});
    free(text);
    return squeezed;
}

static char *
words_of(const struct mutations *mutations, const struct mutation *mutation,
    struct span context)
{
    char *old = syntax_squeeze(mutations->syntax->source, context);
    char *new = mutated(mutations, mutation, context);
    size_t size = strlen(old) + strlen(new) + sizeof " -> ";
    char *words = malloc(size);

    if (words == NULL)
        abort();
    shorten(old, WORDS_LIMIT);
    shorten(new, WORDS_LIMIT);
    int is_dropped = *new == '\0' || strcmp(new, ";") == 0;
    snprintf(words, size, "%s%s%s", old, is_dropped ? "" : " -> ",
        is_dropped ? "" : new);
    free(old);
    free(new);
    return words;
}

/* Does it change nothing at all: swaps a with a? */
static int
is_idle(const struct mutations *mutations, const struct mutation *mutation)
{
    size_t size = mutation->span.end - mutation->span.begin;

    return strlen(mutation->text) == size &&
           memcmp(mutation->text,
               mutations->syntax->source + mutation->span.begin, size) == 0;
}

static int
is_known(const struct mutations *mutations, const struct mutation *other)
{
    for (size_t i = 0; i < mutations->n; i++) {
        const struct mutation *mutation = &mutations->list[i];
        if (mutation->span.begin == other->span.begin &&
            mutation->span.end == other->span.end &&
            strcmp(mutation->text, other->text) == 0)
            return 1;
    }
    return 0;
}

static int
count_twins(const struct mutations *mutations, const struct mutation *other)
{
    int twins = 1;

    for (size_t i = 0; i < mutations->n; i++) {
        const struct mutation *mutation = &mutations->list[i];
        twins += strcmp(mutation->function, other->function) == 0 &&
                 strcmp(mutation->kind, other->kind) == 0 &&
                 strcmp(mutation->words, other->words) == 0;
    }
    return twins;
}

void
mutations_add(struct mutations *mutations, const char *kind, struct span span,
    struct span context, const char *format, ...)
{
    static char text[1 << 16];
    struct mutation mutation = {kind, mutations->function, span, NULL, NULL, 1};
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    mutation.text = text;
    if (is_idle(mutations, &mutation) || is_known(mutations, &mutation))
        return;
    mutation.text = malloc(strlen(text) + 1);
    mutations->list =
        realloc(mutations->list, (mutations->n + 1) * sizeof *mutations->list);
    if (mutation.text == NULL || mutations->list == NULL)
        abort();
    strcpy(mutation.text, text);
    mutation.words = words_of(mutations, &mutation, context);
    mutation.twin = count_twins(mutations, &mutation);
    mutations->list[mutations->n++] = mutation;
}

static int
line_of(const char *source, size_t at)
{
    int line = 1;

    for (size_t i = 0; i < at; i++)
        line += source[i] == '\n';
    return line;
}

/* The whole lines that hold the span. */
static struct span
lines_of(const char *source, struct span span)
{
    while (span.begin > 0 && source[span.begin - 1] != '\n')
        span.begin--;
    span.end += strcspn(source + span.end, "\n");
    return span;
}

void
mutations_print(
    const struct mutations *mutations, const char *name, FILE *stream)
{
    const char *source = mutations->syntax->source;

    for (size_t i = 0; i < mutations->n; i++) {
        const struct mutation *mutation = &mutations->list[i];
        struct span lines = lines_of(source, mutation->span);
        char *old = syntax_squeeze(source, lines);
        char *new = mutated(mutations, mutation, lines);
        shorten(old, LINE_LIMIT);
        shorten(new, LINE_LIMIT);
        fprintf(stream, "%zu\t%d\t%s %s %s: %s", i + 1,
            line_of(source, mutation->span.begin), name, mutation->function,
            mutation->kind, mutation->words);
        if (mutation->twin > 1)
            fprintf(stream, " (%d)", mutation->twin);
        fprintf(stream, "\t%s\t%s\n", old, new);
        free(old);
        free(new);
    }
}

static int
write_one(
    const struct syntax *syntax, const struct mutation *mutation, FILE *file)
{
    if (file == NULL)
        return -1;
    fwrite(syntax->source, 1, mutation->span.begin, file);
    fputs(mutation->text, file);
    fputs(syntax->source + mutation->span.end, file);
    int result = ferror(file) ? -1 : 0;
    return fclose(file) == EOF ? -1 : result;
}

int
mutations_write(const struct mutations *mutations, const char *folder)
{
    char path[4096];

    for (size_t i = 0; i < mutations->n; i++) {
        snprintf(path, sizeof path, "%s/%zu.c", folder, i + 1);
        if (write_one(
                mutations->syntax, &mutations->list[i], fopen(path, "w")) == -1)
            return -1;
    }
    return 0;
}

void
mutations_free(struct mutations *mutations)
{
    for (size_t i = 0; i < mutations->n; i++) {
        free(mutations->list[i].text);
        free(mutations->list[i].words);
    }
    free(mutations->list);
}
