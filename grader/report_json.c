/*
 * report_json.c - see report.h
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diagnosis.h"
#include "report.h"
#include "text.h"

/* Texts of a verdict are escaped already; messages of the compiler are not. */
static json_t *
shown(const char *bytes)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    if (stream == NULL)
        return NULL;
    text_show(stream, bytes, strlen(bytes));
    fclose(stream);
    json_t *value = json_string(text);
    free(text);
    return value;
}

/* What is not a call that has returned says so in its result. */
static json_t *
calls_array(const struct timeline *timeline)
{
    json_t *array = json_array();

    for (size_t i = 0; i < timeline->n; i++) {
        const struct timeline_line *line = &timeline->line[i];
        const char *word = timeline_word(line->kind);
        json_array_append_new(
            array, json_pack("{s:f, s:s, s:o, s:o}", "time_ms", line->time,
                       "half", line->half, "call", shown(line->call), "result",
                       shown(word != NULL ? word : line->result)));
    }
    return array;
}

static json_t *
item_object(const struct item *item, const struct marked *marked)
{
    static const char *const marks[] = {
        "none", "won", "lost", "lost", "skipped", "trouble"};
    const struct verdict *verdict = &marked->verdict;
    const struct diagnosis *known = diagnosis_find(verdict->id);
    char slug[128];

    rubric_slug(slug, sizeof slug, item);
    json_t *object = json_pack("{s:s, s:s, s:s, s:i, s:i, s:s, s:i}", "item",
        slug, "half", item->half, "title", item->title, "points",
        marked->mark == MARK_WON ? item->points : 0, "maximum", item->points,
        "mark", marks[marked->mark], "step", item->step);
    json_object_set_new(
        object, "gradable", json_boolean(marked->mark != MARK_UNBUILT));
    if (marked->mark == MARK_SKIPPED || marked->mark == MARK_UNBUILT)
        json_object_set_new(object, "why", shown(verdict->why));
    if (verdict->remark[0] != '\0')
        json_object_set_new(object, "remark", shown(verdict->remark));
    if (marked->mark != MARK_LOST)
        return object;
    json_object_set_new(object, "run", shown(verdict->run));
    json_object_set_new(object, "expected", shown(verdict->expected));
    json_object_set_new(object, "got", shown(verdict->got));
    json_object_set_new(object, "said", shown(verdict->said));
    json_object_set_new(object, "why", shown(verdict->why));
    if (marked->timeline.state == TIMELINE_SHOWN)
        json_object_set_new(object, "calls", calls_array(&marked->timeline));
    if (known != NULL) {
        json_object_set_new(object, "id", json_string(known->id));
        json_object_set_new(object, "what", json_string(known->what));
        json_object_set_new(object, "mend", json_string(known->mend));
    }
    return object;
}

static json_t *
half_object(const struct half_plan *half)
{
    static const char *const states[] = {
        "trouble", "built", "does not compile", "missing"};
    const struct build_result *plain = half->build[0].result;
    const struct build_result *checked = half->build[1].result;
    const struct build_result *worse =
        plain->status == BUILD_DONE && checked != NULL ? checked : plain;

    return json_pack("{s:s, s:s, s:b, s:o, s:i, s:i}", "program", half->program,
        "build", states[worse->status], "gradable", half_is_built(half),
        "messages", shown(worse->messages), "tasks", half->tasks.count, "empty",
        half->tasks.empty);
}

static json_t *
lab_object(const struct plan *plan, const struct lab_plan *lab)
{
    json_t *items = json_array();
    json_t *halves = json_array();
    int is_gradable = lab_is_gradable(lab);

    for (size_t i = 0; i < lab->nhalves; i++)
        json_array_append_new(halves, half_object(&lab->half[i]));
    for (size_t i = 0; i < lab->lab->nitems && is_gradable; i++)
        if (plan_has(plan, &lab->lab->items[i]))
            json_array_append_new(
                items, item_object(&lab->lab->items[i], &lab->marked[i]));
    return json_pack("{s:s, s:s, s:b, s:i, s:i, s:o, s:o}", "lab",
        lab->lab->name, "platform", lab->lab->target->name, "gradable",
        is_gradable, "points", lab->points, "maximum", lab_points(lab->lab),
        "halves", halves, "items", items);
}

/* How many programs all items have started. */
static int
count_started(const struct plan *plan)
{
    int started = 0;

    for (size_t i = 0; i < plan->nlabs; i++)
        for (size_t k = 0; k < plan->lab[i].lab->nitems; k++)
            started += plan->lab[i].marked[k].verdict.started;
    return started;
}

int
report_json(FILE *stream, const struct plan *plan)
{
    char seed[32];
    json_t *list = json_array();

    snprintf(seed, sizeof seed, "%llx", (unsigned long long)plan->seed);
    for (size_t i = 0; i < plan->nlabs; i++)
        json_array_append_new(list, lab_object(plan, &plan->lab[i]));
    json_t *root = json_pack(
        "{s:o, s:s, s:b, s:s, s:i, s:i, s:f, s:f, s:f, s:i, s:o}", "tree",
        shown(plan->tree), "seed", seed, "sandbox",
        plan->walls->level != WALLS_NONE, "walls", plan->walls->name, "points",
        plan_points(plan, NULL), "maximum", plan_maximum(plan, NULL),
        "compile_seconds", plan->compile_seconds, "run_seconds",
        plan->run_seconds, "trace_seconds", plan->trace_seconds,
        "programs_started", count_started(plan), "labs", list);
    int result = root == NULL ? -1
                              : json_dumpf(root, stream, JSON_INDENT(2)) |
                                    (fputc('\n', stream) == EOF ? -1 : 0);
    json_decref(root);
    return result;
}
