/*
 * span.c - where the parts of a syntax tree stand in the source (syntax.h)
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "syntax.h"

int
span_length(struct span span)
{
    return (int)(span.end - span.begin);
}

const char *
syntax_at(const struct syntax *syntax, struct span span)
{
    return syntax->source + span.begin;
}

int
syntax_reads(const struct syntax *syntax, struct span span, const char *text)
{
    return (size_t)span_length(span) == strlen(text) &&
           strncmp(syntax_at(syntax, span), text, strlen(text)) == 0;
}

/* The offset of "begin" or "end", where it is in a macro that of its use. */
static size_t
offset_of(const json_t *node, const char *which, const json_t **use)
{
    const json_t *at = json_object_get(json_object_get(node, "range"), which);

    *use = json_object_get(at, "expansionLoc");
    if (*use != NULL)
        at = *use;
    return (size_t)json_integer_value(json_object_get(at, "offset"));
}

int
syntax_is_macro(const json_t *node)
{
    const json_t *first;
    const json_t *last;
    size_t begin = offset_of(node, "begin", &first);
    size_t end = offset_of(node, "end", &last);

    return first != NULL && last != NULL && begin == end;
}

/* The end of a macro's use: behind its name, or the ')' of its arguments. */
static size_t
macro_end(const char *source, size_t at)
{
    size_t depth = 0;

    while (isalnum((unsigned char)source[at]) || source[at] == '_')
        at++;
    if (source[at] != '(')
        return at;
    do {
        depth += source[at] == '(';
        depth -= source[at] == ')';
        at++;
    } while (depth > 0 && source[at] != '\0');
    return at;
}

struct span
syntax_span(const struct syntax *syntax, const json_t *node)
{
    const json_t *use;
    struct span span = {offset_of(node, "begin", &use), 0};

    span.end = offset_of(node, "end", &use);
    if (use != NULL)
        span.end = macro_end(syntax->source, span.end);
    else
        span.end += (size_t)json_integer_value(json_object_get(
            json_object_get(json_object_get(node, "range"), "end"), "tokLen"));
    return span;
}

struct span
syntax_statement(const struct syntax *syntax, const json_t *node)
{
    struct span span = syntax_span(syntax, node);
    size_t at = span.end;

    while (isspace((unsigned char)syntax->source[at]))
        at++;
    if (syntax->source[at] == ';' && syntax->source[span.end - 1] != ';' &&
        syntax->source[span.end - 1] != '}')
        span.end = at + 1;
    return span;
}

char *
syntax_squeeze(const char *source, struct span span)
{
    char *text = malloc(span.end - span.begin + 1);
    size_t n = 0;

    for (size_t i = span.begin; i < span.end && text != NULL; i++) {
        if (strncmp(source + i, "/*", 2) == 0) {
            const char *end = strstr(source + i + 2, "*/");
            i = end == NULL ? span.end : (size_t)(end - source) + 1;
        } else if (!isspace((unsigned char)source[i]))
            text[n++] = source[i];
        else if (n > 0 && text[n - 1] != ' ')
            text[n++] = ' ';
    }
    if (text == NULL)
        abort();
    text[n - (n > 0 && text[n - 1] == ' ')] = '\0';
    return text;
}
