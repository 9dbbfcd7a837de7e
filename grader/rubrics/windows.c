/*
 * windows.c - see windows.h
 */
#include "windows.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

enum {
    COMMAND = 40000
};

static struct {
    struct half_view *half;
    int number; /* answers so far */
} stranger;

/* An item may have begun again, and all halves are new. */
static void
find_stranger(void)
{
    struct half_view *half;

    for (int i = 0; (half = pair_half(i)) != NULL; i++)
        if (half->side == TOOL && strcmp(half->name, "stranger") == 0) {
            stranger.half = half;
            return;
        }
    stranger.half = pair_start(TOOL, "stranger", NULL);
    stranger.number = 0;
}

const char *
hear_stranger(void)
{
    static char answer[COMMAND];
    size_t size;

    pair_wait(stranger.half, UNTIL_LINES, (uint64_t)stranger.number);
    const char *said = half_output(stranger.half, 1, &size);
    for (int i = 1; i < stranger.number && *said != '\0'; i++)
        said += strcspn(said, "\n") + (strchr(said, '\n') != NULL);
    snprintf(answer, sizeof answer, "%.*s", (int)strcspn(said, "\n"), said);
    return answer;
}

const char *
ask_stranger(const char *command, ...)
{
    static char line[COMMAND];
    va_list arguments;

    find_stranger();
    va_start(arguments, command);
    vsnprintf(line, sizeof line - 1, command, arguments);
    va_end(arguments);
    strcat(line, "\n");
    half_send(stranger.half, line);
    stranger.number++;
    return hear_stranger();
}

const struct relay_call *
find_win32_call(const struct half_view *half, const char *words, int nth)
{
    const struct relay_call *calls;
    size_t n = half_relay(half, &calls);

    for (size_t i = 0; i < n; i++)
        if (!calls[i].is_child &&
            strncmp(calls[i].what, words, strlen(words)) == 0 && nth-- == 0)
            return &calls[i];
    return NULL;
}

int
count_win32_calls(const struct half_view *half, const char *words)
{
    int n = 0;

    while (find_win32_call(half, words, n) != NULL)
        n++;
    return n;
}

void
expect_win32_call(struct half_view *half, const char *words, const char *id,
    const char *expected)
{
    expect_that(half, find_win32_call(half, words, 0) != NULL, id, expected,
        "no call of %.*s()", (int)strcspn(words, "("), words);
}

void
expect_no_win32_call(struct half_view *half, const char *expected, ...)
{
    const char *words;
    va_list list;

    va_start(list, expected);
    while ((words = va_arg(list, const char *)) != NULL) {
        const struct relay_call *call = find_win32_call(half, words, 0);
        expect_that(half, call == NULL, "", expected, "%s calls %s", half->name,
            call != NULL ? call->what : "");
    }
    va_end(list);
}
