/*
 * hint.c - see hint.h
 */
#include "hint.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "diagnosis.h"
#include "labs.h"
#include "text.h"

enum {
    INDENT = 9,
    PATH = 4200,
    WORD = 40 /* of what the user has typed */
};

/* The tables one after the other: n is 0, 1, ... Returns NULL behind them. */
static const struct diagnosis *
table_number(size_t n)
{
    if (n == 0)
        return diagnoses;
    return lab_table[n - 1] != NULL ? lab_table[n - 1]->mistakes : NULL;
}

/* The lab whose handout explains it, or NULL: any. */
static const struct lab *
find_lab(const struct diagnosis *known)
{
    if (known->lab != NULL)
        return lab_find(known->lab);
    for (size_t i = 0; lab_table[i] != NULL; i++)
        for (const struct diagnosis *d = lab_table[i]->mistakes; d->id != NULL;
             d++)
            if (d == known)
                return lab_table[i];
    return NULL;
}

/* Appends ": title" from the line "### Step N: title" of the handout. */
static void
add_title(
    char *text, size_t size, const char *root, const struct lab *lab, int step)
{
    char path[PATH];
    char line[256];
    char heading[32];

    snprintf(path, sizeof path, "%s/labs/%s/README.md", root, lab->name);
    int length = snprintf(heading, sizeof heading, "### Step %d: ", step);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return;
    while (fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, heading, (size_t)length) == 0) {
            line[strcspn(line, "\n")] = '\0';
            text_add(text, size, ": %s", line + length);
            break;
        }
    fclose(file);
}

static void
row(FILE *stream, const char *label, const char *text)
{
    fprintf(stream, "  %-*s", INDENT - 2, label);
    text_wrap(stream, INDENT, text);
}

static void
show_reading(FILE *stream, const char *root, const struct diagnosis *known)
{
    const struct lab *lab = find_lab(known);
    char text[400] = "";

    if (lab == NULL)
        text_add(text, sizeof text, "the handout of your lab");
    else
        text_add(text, sizeof text, "labs/%s/README.md", lab->name);
    if (lab != NULL && known->step > 0) {
        text_add(text, sizeof text, ", step %d", known->step);
        add_title(text, sizeof text, root, lab, known->step);
    } else {
        text_add(
            text, sizeof text, ", the step that the report names (\"read\")");
    }
    row(stream, "read", text);
}

int
hint_show(FILE *stream, const char *root, const char *id, int is_verbose)
{
    const struct diagnosis *known = diagnosis_find(id);
    char text[120];

    if (known == NULL)
        return -1;
    fprintf(stream, "%-*s", INDENT, known->id);
    text_wrap(stream, INDENT, known->what);
    fputc('\n', stream);
    row(stream, "ask", known->nudge);
    fputc('\n', stream);
    if (is_verbose) {
        row(stream, "why", known->more);
        fputc('\n', stream);
        row(stream, "mend", known->mend);
    }
    show_reading(stream, root, known);
    if (!is_verbose) {
        snprintf(text, sizeof text,
            "build/grade --hint %s -v, or make hint ID=%s MORE=1", known->id,
            known->id);
        row(stream, "more", text);
    }
    return 0;
}

/* Have both the same letters in front of their number? */
static int
is_similar(const char *id, const char *other)
{
    size_t n = 0;

    while (isalpha((unsigned char)other[n]))
        n++;
    return strncasecmp(id, other, n) == 0 && !isalpha((unsigned char)id[n]);
}

void
hint_refuse(FILE *stream, const char *id)
{
    const char *before = "; similar: ";
    size_t length = strlen(id);

    fputs("there is no diagnosis '", stream);
    text_show(stream, id, length < WORD ? length : WORD);
    fputc('\'', stream);
    for (size_t i = 0; table_number(i) != NULL; i++)
        for (const struct diagnosis *d = table_number(i); d->id != NULL; d++)
            if (is_similar(id, d->id)) {
                fprintf(stream, "%s%s", before, d->id);
                before = ", ";
            }
    fputs("; 'grade --hint " HINT_LIST "' prints all\n", stream);
}

static void
list(FILE *stream, const char *title, const struct diagnosis *table)
{
    fprintf(stream, "%s\n", title);
    for (; table->id != NULL; table++)
        row(stream, table->id, table->what);
}

void
hint_list(FILE *stream, const struct plan *plan)
{
    list(stream, "every lab", diagnoses);
    for (size_t i = 0; i < plan->nlabs; i++) {
        fputc('\n', stream);
        list(stream, plan->lab[i].lab->name, plan->lab[i].lab->mistakes);
    }
}
