/*
 * strace_text.c - see strace_text.h
 */
#include "strace_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char unfinished[] = " <unfinished ...>";
static const char resumed[] = " resumed>";

static struct strace_event *
add(struct strace_list *list, enum strace_kind kind, pid_t pid, double time)
{
    if (list->n == list->room) {
        size_t room = list->room * 2 + 64;
        void *more = realloc(list->event, room * sizeof *list->event);
        if (more == NULL)
            return NULL;
        list->event = more;
        list->room = room;
    }
    struct strace_event *event = &list->event[list->n++];
    *event = (struct strace_event){.kind = kind, .pid = pid, .time = time};
    return event;
}

/* The call that the thread has not returned from yet, or NULL. */
static struct strace_event *
find_pending(const struct strace_list *list, pid_t pid)
{
    for (size_t i = list->n; i-- > 0;) {
        struct strace_event *event = &list->event[i];
        if (event->pid == pid && event->kind == STRACE_CALL)
            return event->is_done ? NULL : event;
    }
    return NULL;
}

static void
append(struct strace_event *event, const char *text)
{
    size_t used = strlen(event->text);

    snprintf(event->text + used, sizeof event->text - used, "%s", text);
}

/* Takes the mark of a call that has not returned out of the text, where strace
 * has put it: at the end, or before ") = ?" if the thread was ended in there.
 * Returns 1 if the call is still going on. */
static int
take_mark(char *text)
{
    size_t length = strlen(unfinished);

    for (char *at = text; (at = strstr(at, unfinished)) != NULL; at++) {
        int is_last = at[length] == '\0';
        if (!is_last && at[length] != ')')
            continue; /* in a string */
        memmove(at, at + length, strlen(at + length) + 1);
        return is_last;
    }
    return 0;
}

/* "<... read resumed>"abc", 10) = 3" */
static void
resume(struct strace_list *list, pid_t pid, char *text, int is_whole)
{
    struct strace_event *event = find_pending(list, pid);
    char *rest = strstr(text, resumed);

    if (event == NULL || rest == NULL)
        return;
    rest += strlen(resumed);
    event->is_done = !take_mark(rest) && is_whole;
    append(event, rest);
}

static void
add_call(
    struct strace_list *list, pid_t pid, double time, char *text, int is_whole)
{
    struct strace_event *event = add(list, STRACE_CALL, pid, time);

    if (event == NULL)
        return;
    event->is_done = !take_mark(text) && is_whole;
    append(event, text);
}

/* What stands between "--- " and " ---", or "+++ " and " +++". */
static void
add_note(struct strace_list *list, enum strace_kind kind, pid_t pid,
    double time, char *text)
{
    struct strace_event *event = add(list, kind, pid, time);
    size_t length = strlen(text);

    if (event == NULL)
        return;
    if (length >= 8)
        text[length - 4] = '\0';
    append(event, text + 4);
}

static void
read_line(struct strace_list *list, pid_t pid, char *line, int is_whole)
{
    char *end;
    double time = strtod(line, &end);

    if (end == line)
        return;
    if (memchr(line, '.', (size_t)(end - line)) == NULL) {
        pid = (pid_t)time;
        line = end;
        time = strtod(line, &end);
        if (end == line)
            return;
    }
    line = end + strspn(end, " ");
    if (strncmp(line, "<... ", 5) == 0)
        resume(list, pid, line, is_whole);
    else if (strncmp(line, "--- ", 4) == 0)
        add_note(list, STRACE_SIGNAL, pid, time, line);
    else if (strncmp(line, "+++ ", 4) == 0)
        add_note(list, STRACE_END, pid, time, line);
    else if (strchr(line, '(') != NULL)
        add_call(list, pid, time, line, is_whole);
}

void
strace_read(struct strace_list *list, pid_t pid, const char *text, size_t size)
{
    char line[STRACE_TEXT];

    while (size > 0) {
        const char *newline = memchr(text, '\n', size);
        size_t length = newline != NULL ? (size_t)(newline - text) : size;
        size_t kept = length < sizeof line ? length : sizeof line - 1;
        for (size_t i = 0; i < kept; i++)
            line[i] = text[i] >= ' ' && text[i] <= '~' ? text[i] : '?';
        line[kept] = '\0';
        read_line(list, pid, line, newline != NULL);
        length += newline != NULL;
        text += length;
        size -= length;
    }
}

void
strace_missing(struct strace_list *list, pid_t pid, size_t count)
{
    double time = list->n > 0 ? list->event[list->n - 1].time : 0;
    struct strace_event *event = add(list, STRACE_MISSING, pid, time);

    if (event != NULL)
        event->count = count;
}

void
strace_free(struct strace_list *list)
{
    free(list->event);
    *list = (struct strace_list){0};
}
