/*
 * timeline_text.c - a timeline for people (see timeline.h)
 */
#include <stdio.h>
#include <string.h>

#include "text.h"
#include "timeline.h"

enum {
    COLUMNS = 80,
    MOMENT = 11, /* columns of "+0.8 ms" or "stuck" */
    SHIFT = 4    /* other halves stand further to the right */
};

const char *
timeline_word(enum timeline_kind kind)
{
    switch (kind) {
    case TIMELINE_WAITS:
        return "waits";
    case TIMELINE_STUCK:
        return "stuck";
    case TIMELINE_RUNS:
        return "runs";
    case TIMELINE_CALL:
    case TIMELINE_ENDED:
    case TIMELINE_MORE:
        break;
    }
    return NULL;
}

/* The call and its result in that many columns. */
static void
fit(char text[400], const struct timeline_line *line, size_t columns)
{
    const char *result = line->result;
    const char *sign = line->kind == TIMELINE_ENDED ? ": " : " = ";
    size_t length = strlen(result);

    /* The words for an error are the first to go. */
    if (strlen(line->call) + strlen(sign) + length > columns &&
        result[0] == '-')
        length = strcspn(result, "(");
    while (length > 0 && result[length - 1] == ' ')
        length--;
    snprintf(text, 400, "%s", line->call);
    size_t needed = length > 0 ? strlen(sign) + length : 0;
    if (needed + 20 < columns)
        text_squeeze(text, columns - needed);
    if (length > 0)
        text_add(text, 400, "%s%.*s", sign, (int)length, result);
    text_squeeze(text, columns);
}

static void
show_line(FILE *stream, const struct timeline_line *line, int indent, int width)
{
    const char *word = timeline_word(line->kind);
    int shift = line->column > 0 ? SHIFT : 0;
    char moment[24];
    char text[400];

    if (word != NULL)
        snprintf(moment, sizeof moment, "%s", word);
    else if (line->time < 10000)
        snprintf(moment, sizeof moment, "+%.1f ms", line->time);
    else
        snprintf(moment, sizeof moment, "+%.1f s", line->time / 1000);
    if (line->half[0] == '\0')
        moment[0] = '\0';
    fprintf(stream, "%*s%-*s", indent, "", MOMENT, moment);
    int used = indent + MOMENT;
    if (line->half[0] != '\0') {
        fprintf(stream, "%*s%-*s | ", shift, "", width, line->half);
        used += shift + width + 3;
    }
    fit(text, line, (size_t)(COLUMNS - used));
    text_show(stream, text, strlen(text));
    fputc('\n', stream);
}

void
timeline_show(FILE *stream, const struct timeline *timeline, int indent)
{
    int width = 0;

    for (size_t i = 0; i < timeline->n; i++)
        if ((int)strlen(timeline->line[i].half) > width)
            width = (int)strlen(timeline->line[i].half);
    for (size_t i = 0; i < timeline->n; i++)
        show_line(stream, &timeline->line[i], indent, width);
}
