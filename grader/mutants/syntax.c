/*
 * syntax.c - see syntax.h
 */
#include "syntax.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Follows the locations in the order in which clang has printed them: file is
 * that of the last one. */
static void
follow(const json_t *value, const char **file)
{
    const char *key;
    json_t *part;
    size_t i;

    if (json_is_array(value))
        json_array_foreach(value, i, part) follow(part, file);
    if (!json_is_object(value))
        return;
    const char *name = json_string_value(json_object_get(value, "file"));
    if (name != NULL && json_object_get(value, "offset") != NULL)
        *file = name;
    json_object_foreach((json_t *)value, key,
        part) if (strcmp(key, "includedFrom") != 0) follow(part, file);
}

/* Keeps the declarations whose name stands in the source at path. */
static void
find_own(struct syntax *syntax, const char *path)
{
    const char *file = "";
    json_t *node;
    size_t i;

    json_array_foreach(json_object_get(syntax->unit, "inner"), i, node)
    {
        follow(json_object_get(node, "loc"), &file);
        if (strcmp(file, path) == 0)
            json_array_append(syntax->own, node);
        follow(json_object_get(node, "range"), &file);
        follow(json_object_get(node, "inner"), &file);
    }
}

static int
read_source(struct syntax *syntax, const char *path)
{
    FILE *file = fopen(path, "r");

    syntax->source = calloc(1, 1 << 20);
    if (file == NULL || syntax->source == NULL) {
        fprintf(stderr, "mutate: %s: %s\n", path, strerror(errno));
        return -1;
    }
    syntax->size = fread(syntax->source, 1, (1 << 20) - 1, file);
    fclose(file);
    return 0;
}

int
syntax_read(struct syntax *syntax, const char *path, FILE *tree)
{
    json_error_t error;

    *syntax = (struct syntax){.own = json_array()};
    if (read_source(syntax, path) == -1)
        return -1;
    syntax->unit = json_loadf(tree, 0, &error);
    if (syntax->unit == NULL) {
        fprintf(stderr, "mutate: the syntax tree of %s: %s\n", path,
            feof(tree) && error.position <= 1 ? "clang printed none"
                                              : error.text);
        return -1;
    }
    find_own(syntax, path);
    if (json_array_size(syntax->own) > 0)
        return 0;
    fprintf(stderr, "mutate: this is no syntax tree of %s\n", path);
    return -1;
}

void
syntax_free(struct syntax *syntax)
{
    json_decref(syntax->own);
    json_decref(syntax->unit);
    free(syntax->source);
}

const char *
syntax_text(const json_t *node, const char *key)
{
    const char *text = json_string_value(json_object_get(node, key));

    return text == NULL ? "" : text;
}

const char *
syntax_kind(const json_t *node)
{
    return syntax_text(node, "kind");
}

const char *
syntax_type(const json_t *node)
{
    return syntax_text(json_object_get(node, "type"), "qualType");
}

int
syntax_is(const json_t *node, const char *kind)
{
    return strcmp(syntax_kind(node), kind) == 0;
}

int
syntax_is_operator(const json_t *node, const char *opcode)
{
    return strcmp(syntax_text(node, "opcode"), opcode) == 0;
}

int
syntax_is_integer(const json_t *node)
{
    const char *type = syntax_type(node);

    return strpbrk(type, "*[") == NULL && strstr(type, "struct ") == NULL;
}

const json_t *
syntax_part(const json_t *node, size_t i)
{
    return json_array_get(json_object_get(node, "inner"), i);
}

size_t
syntax_parts(const json_t *node)
{
    return json_array_size(json_object_get(node, "inner"));
}

const json_t *
syntax_bare(const json_t *node)
{
    while (
        syntax_is(node, "ImplicitCastExpr") || syntax_is(node, "ConstantExpr"))
        node = syntax_part(node, 0);
    return node;
}

int
syntax_has(const json_t *node, const char *kind)
{
    if (syntax_is(node, kind))
        return 1;
    for (size_t i = 0; i < syntax_parts(node); i++)
        if (syntax_has(syntax_part(node, i), kind))
            return 1;
    return 0;
}
