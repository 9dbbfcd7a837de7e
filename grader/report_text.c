/*
 * report_text.c - see report.h
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diagnosis.h"
#include "report.h"
#include "text.h"

enum {
    INDENT = 20,
    CALLS = 10 /* the lines of a timeline need the room */
};

struct page {
    FILE *stream;
    const struct plan *plan;
    int is_verbose;
    int has_colour;
    const char *id; /* the first that was named in full, or NULL */
};

static void
colour(const struct page *page, const char *code)
{
    if (page->has_colour)
        fprintf(page->stream, "\033[%sm", code);
}

static void
row(const struct page *page, const char *label, const char *text)
{
    if (text[0] == '\0')
        return;
    fprintf(page->stream, "          %-10s", label);
    text_wrap(page->stream, INDENT, text);
}

static void
item_line(const struct page *page, const struct lab *lab,
    const struct item *item, enum mark mark)
{
    enum {
        BOTH = 61 /* columns of half and title together */
    };
    static const char *const words[] = {[MARK_WON] = "ok  ",
        [MARK_LOST] = "FAIL",
        [MARK_UNBUILT] = "FAIL",
        [MARK_SKIPPED] = "skip"};
    static const char *const colours[] = {[MARK_WON] = "32",
        [MARK_LOST] = "31",
        [MARK_UNBUILT] = "31",
        [MARK_SKIPPED] = "33"};
    int width = lab_half_width(lab);

    fputs("  ", page->stream);
    colour(page, colours[mark]);
    fputs(words[mark], page->stream);
    colour(page, "0");
    fprintf(page->stream, "  %-*s  %-*.*s ", width, item->half,
        BOTH - width - 1, BOTH - width - 2, item->title);
    if (mark == MARK_SKIPPED)
        fprintf(page->stream, "%5s/%d\n", "-", item->points);
    else
        fprintf(page->stream, "%5d/%d\n", mark == MARK_WON ? item->points : 0,
            item->points);
}

/* What was seen; and if that proves a known mistake, its name first. */
static void
show_why(struct page *page, const struct verdict *verdict)
{
    const struct diagnosis *known = diagnosis_find(verdict->id);
    char why[400];

    if (known == NULL) {
        row(page, "why", verdict->why);
        return;
    }
    if (page->id == NULL)
        page->id = known->id;
    snprintf(why, sizeof why, "%s  %s", known->id, known->what);
    row(page, "why", why);
    row(page, "seen", verdict->why);
    row(page, "mend", known->mend);
}

static void
show_lost(struct page *page, const struct lab_plan *lab,
    const struct item *item, const struct verdict *verdict)
{
    const struct diagnosis *known = diagnosis_find(verdict->id);
    const struct target *target = lab->lab->target;
    const char *handout = lab->lab->name;
    int step = item->step;
    char text[400];
    char slug[128];

    if (known != NULL && known->step > 0 &&
        strcmp(known->lab, lab->lab->name) == 0)
        step = known->step;
    row(page, "run", verdict->run);
    row(page, "expected", verdict->expected);
    row(page, "got", verdict->got);
    row(page, "said", verdict->said);
    show_why(page, verdict);
    snprintf(text, sizeof text, "labs/%s/README.md, step %d", handout, step);
    row(page, "read", text);
    rubric_slug(slug, sizeof slug, item);
    snprintf(text, sizeof text, "make grade%s%s LAB=%.2s%s%s ITEM=%s SEED=%llx",
        target != &target_posix ? " PLATFORM=" : "",
        target != &target_posix ? target->name : "", lab->lab->name,
        strcmp(page->plan->tree, "labs") ? " TREE=" : "",
        strcmp(page->plan->tree, "labs") ? page->plan->tree : "", slug,
        (unsigned long long)page->plan->seed);
    row(page, "repeat", text);
}

/* The last calls of all halves: of Windows programs they are known, others are
 * run once more. */
static void
show_calls(const struct page *page, const struct lab_plan *lab, size_t i)
{
    const struct timeline *timeline = &lab->marked[i].timeline;

    if (timeline->state == TIMELINE_WON)
        row(page, "calls",
            "the same run again went right: who is faster, or what lies in "
            "memory by chance, decides");
    if (timeline->state != TIMELINE_SHOWN)
        return;
    row(page, "calls",
        lab->lab->target->has_wine
            ? "the last ones, as Wine tells them"
            : "the last ones; from the same run again, under strace");
    timeline_show(page->stream, timeline, CALLS);
}

/* Is it said at an earlier item of the same half? */
static int
is_said(const struct page *page, const struct lab_plan *lab, size_t item)
{
    const struct item *items = lab->lab->items;

    for (size_t i = 0; i < item; i++)
        if (plan_has(page->plan, &items[i]) &&
            lab->marked[i].mark == MARK_UNBUILT &&
            strcmp(items[i].half, items[item].half) == 0 &&
            strcmp(lab->marked[i].verdict.why, lab->marked[item].verdict.why) ==
                0)
            return 1;
    return 0;
}

static void
show_items(struct page *page, const struct lab_plan *lab)
{
    for (size_t i = 0; i < lab->lab->nitems; i++) {
        const struct item *item = &lab->lab->items[i];
        if (!plan_has(page->plan, item))
            continue;
        item_line(page, lab->lab, item, lab->marked[i].mark);
        if (lab->marked[i].mark == MARK_UNBUILT &&
            (page->is_verbose || !is_said(page, lab, i)))
            row(page, "why", lab->marked[i].verdict.why);
        if (!plan_tells(page->plan, lab, i, page->is_verbose))
            continue;
        show_lost(page, lab, item, &lab->marked[i].verdict);
        show_calls(page, lab, i);
    }
}

/* Items that this machine cannot run, and what follows for the total. */
static void
show_skipped(const struct page *page, const struct lab_plan *lab)
{
    const char *why = "";
    char text[600];

    if (lab->skipped == 0)
        return;
    for (size_t i = 0; i < lab->lab->nitems; i++)
        if (lab->marked[i].mark == MARK_SKIPPED)
            why = lab->marked[i].verdict.why;
    snprintf(text, sizeof text,
        "Items worth %d points were skipped: %s. They cost nothing: the points "
        "of the others are scaled to the same maximum.",
        lab->skipped, why);
    fputs("  ", page->stream);
    text_wrap(page->stream, 2, text);
}

/* What costs nothing is said once. */
static void
show_remarks(const struct page *page, const struct lab_plan *lab)
{
    const char *last = "";

    for (size_t i = 0; i < lab->lab->nitems; i++) {
        const char *remark = lab->marked[i].verdict.remark;
        if (remark[0] == '\0' || strcmp(remark, last) == 0)
            continue;
        fputs("  ", page->stream);
        text_wrap(page->stream, 2, remark);
        last = remark;
    }
}

/* What to do first, as long as TASKs are empty. */
static void
show_tasks(const struct page *page, const struct lab_plan *lab)
{
    char text[400];
    int untouched = 0;

    for (size_t i = 0; i < lab->nhalves; i++) {
        const struct half_plan *half = &lab->half[i];
        if (half->tasks.empty == 0)
            continue;
        untouched += half->tasks.empty == half->tasks.count;
        snprintf(text, sizeof text,
            "%s.c: %d of %d TASKs are still empty; the first is TASK %d in "
            "line %d.",
            half->program, half->tasks.empty, half->tasks.count,
            half->tasks.first, half->tasks.line);
        fputs("  ", page->stream);
        text_wrap(page->stream, 2, text);
    }
    if (untouched == 0)
        return;
    snprintf(text, sizeof text,
        "Begin with labs/%s/README.md: it leads through the TASKs step by "
        "step, and says after each what to type and what to see.",
        lab->lab->name);
    fputs("  ", page->stream);
    text_wrap(page->stream, 2, text);
}

/* The compiler's words, with the path as the student knows it. */
static void
show_messages(const struct page *page, const struct build *build)
{
    const char *at = build->result->messages;

    while (*at != '\0') {
        size_t length = strcspn(at, "\n");
        fputs("    ", page->stream);
        if (strncmp(at, build->lab, strlen(build->lab)) == 0)
            fprintf(page->stream, "%s/", page->plan->tree);
        text_show(page->stream, at, length);
        fputc('\n', page->stream);
        at += length + (at[length] == '\n');
    }
}

static void
show_missing(const struct page *page, const struct lab_plan *lab,
    const struct half_plan *half)
{
    fprintf(page->stream, "  %s/%s/%s/%s.c cannot be read: %s\n",
        page->plan->tree, lab->lab->name, lab->lab->target->name, half->program,
        source_problem(&half->source));
}

static void
show_refused(
    const struct page *page, const struct build *build, const char *how)
{
    fprintf(page->stream, "  %s.c does not compile%s:\n", build->program, how);
    show_messages(page, build);
    if (strstr(build->result->messages, ".h: No such file") == NULL)
        return;
    fputs("  ", page->stream);
    text_wrap(page->stream, 2,
        "A half is one file. Beside it there are lab.h, protocol.h and the "
        "system's headers: put what your own header says into the file "
        "itself.");
}

/* What the compiler says about a half, once. */
static void
show_build(const struct page *page, const struct lab_plan *lab,
    const struct half_plan *half)
{
    const struct build *plain = &half->build[0];
    const struct build *checked = &half->build[1];

    if (plain->result->status == BUILD_MISSING) {
        show_missing(page, lab, half);
    } else if (plain->result->status == BUILD_REFUSED) {
        show_refused(page, plain, "");
    } else if (lab->lab->target->builds > 1 &&
               checked->result->status == BUILD_REFUSED) {
        show_refused(page, checked, " with the sanitizers");
    } else if (plain->result->messages[0] != '\0') {
        fprintf(page->stream, "  The compiler has a warning about %s.c:\n",
            plain->program);
        show_messages(page, plain);
    }
    if (!half_is_built(half) && lab_is_gradable(lab))
        fprintf(page->stream,
            "  %s is not gradable, nor are the items of its pair.\n",
            half->program);
}

static void
show_lab(struct page *page, const struct lab_plan *lab)
{
    int maximum = 0;

    for (size_t i = 0; i < lab->lab->nitems; i++)
        if (plan_has(page->plan, &lab->lab->items[i]))
            maximum += lab->lab->items[i].points;
    colour(page, "1");
    fprintf(page->stream, "%s (%s)\n", lab->lab->name, lab->lab->target->name);
    colour(page, "0");
    for (size_t i = 0; i < lab->nhalves; i++)
        show_build(page, lab, &lab->half[i]);
    if (!lab_is_gradable(lab)) {
        fprintf(page->stream, "  not gradable: 0/%d\n\n", maximum);
        return;
    }
    show_tasks(page, lab);
    show_items(page, lab);
    show_skipped(page, lab);
    show_remarks(page, lab);
    fprintf(page->stream, "  %-68s%3d/%d\n\n", lab->lab->name, lab->points,
        maximum);
}

/* Of each platform on a line of its own. */
static void
show_totals(FILE *stream, const struct plan *plan)
{
    const struct target *first = plan->lab[0].lab->target;
    int all = plan_maximum(plan, NULL);

    if (plan_maximum(plan, first) == all) {
        fprintf(stream, "%d/%d\n", plan_points(plan, NULL), all);
        return;
    }
    for (size_t i = 0; target_table[i] != NULL; i++)
        fprintf(stream, "%d/%d %s\n", plan_points(plan, target_table[i]),
            plan_maximum(plan, target_table[i]), target_table[i]->name);
}

void
report_text(
    FILE *stream, const struct plan *plan, int is_verbose, int has_colour)
{
    struct page page = {stream, plan, is_verbose, has_colour, NULL};

    if (plan->walls != NULL && plan->walls->told != NULL)
        fprintf(stream, "%s\n\n", plan->walls->told);
    for (size_t i = 0; i < plan->nlabs; i++)
        show_lab(&page, &plan->lab[i]);
    if (page.id != NULL)
        fprintf(
            stream, "A hint about %s: make hint ID=%s\n\n", page.id, page.id);
    show_totals(stream, plan);
}

void
report_list(FILE *stream, const struct plan *plan, int is_verbose)
{
    char slug[128];

    for (size_t i = 0; i < plan->nlabs; i++) {
        const struct lab *lab = plan->lab[i].lab;
        fprintf(stream, "%s\n", lab->name);
        for (size_t k = 0; k < lab->nitems; k++) {
            const struct item *item = &lab->items[k];
            if (!plan_has(plan, item))
                continue;
            fprintf(stream, "%5d  %-*s  %s (step %d)\n", item->points,
                lab_half_width(lab), item->half, item->title, item->step);
            rubric_slug(slug, sizeof slug, item);
            if (is_verbose)
                fprintf(stream, "%5s  %s\n", "", slug);
        }
        fprintf(stream, "%5d\n\n", lab_points(lab));
    }
}
