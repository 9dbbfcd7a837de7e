/*
 * story_win32.c - a Windows program waits in a call that Wine has told of
 */
#include <stdio.h>
#include <string.h>

#include "story.h"
#include "wine_line.h"

/* What a call waits for; %s: the object of its first argument, a handle. */
static const struct {
    const char *call;
    const char *format;
} waits[] = {
    {"CallNamedPipe", "for the reply"},
    {"ConnectNamedPipe", "for a client of %s"},
    {"FlushFileBuffers", "until the other side has read all from %s"},
    {"ReadFile", "for something to read from %s"},
    {"SleepEx", "for ever"},
    {"Sleep", "for ever"},
    {"TransactNamedPipe", "for the reply from %s"},
    {"WaitForMultipleObjects", "for several objects"},
    {"WaitForSingleObject", "for %s"},
    {"WaitNamedPipe", "for an instance of the pipe that is free"},
    {"WriteFile", "for room in %s"},
};

static void
tell_object(struct story *story, const struct part *part,
    const struct relay_call *call, const char *format)
{
    const char *name = relay_object(part->relay, call);
    const char *place = strstr(format, "%s");

    if (place == NULL) {
        story_say(story, " %s", format);
        return;
    }
    story_say(story, " %.*s", (int)(place - format), format);
    story_say(story, "%s", name != NULL ? name : "an object without a name");
    if (name != NULL && strcmp(name, "standard input") == 0 && part->is_fed &&
        !call->is_child)
        story_say(story, ", which has not ended");
}

/* The line is worth telling if it is the student's own. */
static void
tell_place(const struct part *part, const struct relay_call *call, char *line,
    size_t size)
{
    line[0] = '\0';
    if (strstr(part->path, "/student/") != NULL)
        wine_tell_line(part->path, call->from - 1, line, size);
    if (strncmp(line, " (lab", 5) == 0)
        line[0] = '\0';
}

static const char *
find_format(const struct relay_call *call)
{
    for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++)
        if (strncmp(call->what, waits[i].call, strlen(waits[i].call)) == 0)
            return waits[i].format;
    return NULL;
}

/* The calls of the half, or of what it has started. Returns how many. */
static int
tell_calls(struct story *story, const struct part *part, const char *name,
    int is_child)
{
    const struct relay_call *calls[RELAY_THREADS];
    char line[80] = "";
    size_t n = relay_open_calls(part->relay, calls, RELAY_THREADS);
    int told = 0;

    for (size_t i = 0; i < n; i++) {
        const char *format = find_format(calls[i]);
        if (calls[i]->is_child != is_child)
            continue;
        if (!is_child) /* its source is known */
            tell_place(part, calls[i], line, sizeof line);
        story_say(story, "%s%s waits in %.*s()%s", told > 0 ? "; " : "", name,
            (int)strcspn(calls[i]->what, "("), calls[i]->what, line);
        if (format != NULL)
            tell_object(story, part, calls[i], format);
        told++;
    }
    return told;
}

int
story_win32(struct story *story, const struct part *part)
{
    return part->relay != NULL && tell_calls(story, part, part->name, 0) > 0;
}

/* Which of a half's children it is the log does not tell: nearly always there
 * is one. */
int
story_win32_child(struct story *story, pid_t pid)
{
    char name[24];

    snprintf(name, sizeof name, "%s", story_name(story, pid));
    name[strcspn(name, ".")] = '\0';
    for (size_t i = 0; i < story->nparts; i++)
        if (story->parts[i].pid != 0 && story->parts[i].relay != NULL &&
            tell_calls(story, &story->parts[i], name, 1) > 0)
            return 1;
    return 0;
}
