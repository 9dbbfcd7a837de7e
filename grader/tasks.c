/*
 * tasks.c - see tasks.h
 */
#include "tasks.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static int
begins_with(const char *text, const char *end, const char *word)
{
    size_t n = strlen(word);

    return (size_t)(end - text) >= n && memcmp(text, word, n) == 0;
}

static int
is_outside(const char *text, const char *end)
{
    static const char *const beginnings[] = {
        "/* TASK ", "/* Given: ", "}", "return"};

    while (text < end && isspace((unsigned char)*text))
        text++;
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++)
        if (begins_with(text, end, beginnings[i]))
            return 1;
    return text == end;
}

static const char *
comment_end(const char *text, const char *end)
{
    while (text < end && !begins_with(text, end, "*/"))
        text++;
    return text < end ? text + 2 : end;
}

void
tasks_find(struct tasks *tasks, const char *source, size_t size)
{
    const char *end = source + size;
    int line = 1;

    memset(tasks, 0, sizeof *tasks);
    for (const char *at = source; at < end; at++) {
        line += *at == '\n';
        if (!begins_with(at, end, "/* TASK "))
            continue;
        tasks->count++;
        if (!is_outside(comment_end(at, end), end))
            continue;
        tasks->empty++;
        int number = atoi(at + strlen("/* TASK "));
        if (tasks->first == 0 || number < tasks->first) {
            tasks->first = number;
            tasks->line = line;
        }
    }
}
