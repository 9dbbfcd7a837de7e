/*
 * story.c - see story.h
 */
#include "story.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "proc.h"

void
story_say(struct story *story, const char *format, ...)
{
    size_t used = strlen(story->text);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(story->text + used, sizeof story->text - used, format, arguments);
    va_end(arguments);
}

void
story_prove(struct story *story, const char *id)
{
    snprintf(story->id, sizeof story->id, "%s", id);
}

const struct part *
story_part(const struct story *story, pid_t pid)
{
    for (size_t i = 0; i < story->nparts; i++)
        if (story->parts[i].pid == pid)
            return &story->parts[i];
    return NULL;
}

const char *
story_name(const struct story *story, pid_t pid)
{
    static char names[2][24]; /* two may stand in one sentence */
    static int turn;
    struct proc_stat stat;
    const struct part *part = story_part(story, pid);

    if (part != NULL)
        return part->name;
    turn = !turn;
    if (proc_stat(pid, &stat) == -1)
        return "a process that is gone";
    snprintf(names[turn], sizeof names[turn], "%s", stat.name);
    return names[turn];
}

int
story_is_in(const struct story *story, pid_t pid, enum wait_kind kind)
{
    for (uint32_t i = 0; i < story->hang->threads; i++)
        if (story->hang->thread[i].pid == pid &&
            story->hang->thread[i].kind == kind)
            return 1;
    return 0;
}
