/*
 * equivalent.c - see equivalent.h
 */
#include "equivalent.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
    KEYS = 2048,
    LINE = 1024
};

/* The list as far as it has been read. */
struct equivalents {
    const char *path;
    int line;
    char *keys[KEYS];
    size_t n;
    int is_explained; /* the last key */
};

static int
complain_at(const struct equivalents *list, const char *what)
{
    fprintf(stderr, "mutate: %s, line %d: %s\n", list->path, list->line, what);
    return -1;
}

static int
add_key(struct equivalents *list, const char *key)
{
    if (!list->is_explained)
        return complain_at(list, "the key above this one has no reason");
    if (strstr(key, ".c ") == NULL || strstr(key, ": ") == NULL)
        return complain_at(list, "a key is FILE FUNCTION OPERATOR: WORDS");
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->keys[i], key) == 0)
            return complain_at(list, "this key is there already");
    if (list->n == KEYS)
        return complain_at(list, "the list is too long");
    list->keys[list->n] = malloc(strlen(key) + 1);
    if (list->keys[list->n] == NULL)
        return complain_at(list, strerror(errno));
    strcpy(list->keys[list->n++], key);
    list->is_explained = 0;
    return 0;
}

static int
take_line(struct equivalents *list, char *line)
{
    line[strcspn(line, "\n")] = '\0';
    list->line++;
    if (*line == '#' || line[strspn(line, " \t")] == '\0')
        return 0;
    if (!isspace((unsigned char)*line))
        return add_key(list, line);
    if (list->n == 0)
        return complain_at(list, "a reason, and no key above it");
    list->is_explained = 1;
    return 0;
}

int
equivalent_print(const char *path, FILE *stream)
{
    static struct equivalents list;
    char line[LINE];
    int result = 0;
    FILE *file = fopen(path, "r");

    list = (struct equivalents){.path = path, .is_explained = 1};
    if (file == NULL) {
        fprintf(stderr, "mutate: %s: %s\n", path, strerror(errno));
        return -1;
    }
    while (result == 0 && fgets(line, sizeof line, file) != NULL)
        result = take_line(&list, line);
    fclose(file);
    if (result == 0 && !list.is_explained)
        result = complain_at(&list, "the last key has no reason");
    for (size_t i = 0; i < list.n; i++) {
        if (result == 0)
            fprintf(stream, "%s\n", list.keys[i]);
        free(list.keys[i]);
    }
    return result;
}
