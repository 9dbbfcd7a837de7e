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
    const char *name = relay_handle(part->relay, relay_argument(call, 0));
    const char *place = strstr(format, "%s");

    if (place == NULL) {
        story_say(story, " %s", format);
        return;
    }
    story_say(story, " %.*s", (int)(place - format), format);
    story_say(story, "%s", name != NULL ? name : "an object without a name");
    if (name != NULL && strcmp(name, "standard input") == 0 && part->is_fed)
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

int
story_win32(struct story *story, const struct part *part)
{
    const struct relay_call *calls[RELAY_THREADS];
    char line[80];
    size_t n = part->relay == NULL
                   ? 0
                   : relay_open_calls(part->relay, calls, RELAY_THREADS);

    for (size_t i = 0; i < n; i++) {
        size_t length = strcspn(calls[i]->what, "(");
        const char *format = NULL;
        for (size_t k = 0; k < sizeof waits / sizeof waits[0]; k++)
            if (format == NULL && strncmp(calls[i]->what, waits[k].call,
                                      strlen(waits[k].call)) == 0)
                format = waits[k].format;
        tell_place(part, calls[i], line, sizeof line);
        story_say(story, "%s%s waits in %.*s()%s", i > 0 ? "; " : "",
            part->name, (int)length, calls[i]->what, line);
        if (format != NULL)
            tell_object(story, part, calls[i], format);
    }
    return n > 0;
}
