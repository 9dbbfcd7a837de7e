/*
 * test_report.c - one result model, told twice: as text and as JSON
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "room.h"
#include "suites.h"
#include "walls.h"

/* The first lab of the table: every second item is lost. */
static struct plan plan;
static struct build_result results[LAB_PROGRAMS * 2];
static struct marked marked[64];

static void
fill_verdict(struct verdict *verdict)
{
    snprintf(verdict->run, sizeof verdict->run,
        "server n1 (yours), client n1 (reference) and a lot more that makes "
        "this line too long for one line");
    snprintf(verdict->expected, sizeof verdict->expected, "\"a line\\n\"");
    snprintf(verdict->got, sizeof verdict->got, "\"\\033[2J\\377\"");
    snprintf(verdict->said, sizeof verdict->said, "(server) \"trouble\"");
    snprintf(verdict->why, sizeof verdict->why, "it waits");
    snprintf(verdict->id, sizeof verdict->id, "AP1");
}

static void
enter(void)
{
    const struct lab *lab = lab_table[0];
    struct lab_plan *first = &plan.lab[0];

    memset(&plan, 0, sizeof plan);
    memset(results, 0, sizeof results);
    memset(marked, 0, sizeof marked);
    plan.tree = "labs";
    plan.seed = 0xabc;
    plan.walls = walls_find("namespaces");
    plan.nlabs = 1;
    first->lab = lab;
    first->marked = marked;
    for (size_t i = 0; lab->programs[i] != NULL; i++) {
        struct half_plan *half = &first->half[first->nhalves++];
        half->program = lab->programs[i];
        for (int k = 0; k < 2; k++) {
            half->build[k] = (struct build){.lab = lab->name,
                .target = lab->target,
                .program = half->program,
                .result = &results[2 * i + (size_t)k]};
            half->build[k].result->status = BUILD_DONE;
        }
    }
    for (size_t i = 0; i < lab->nitems; i++) {
        marked[i].mark = i % 2 ? MARK_LOST : MARK_WON;
        if (i % 2)
            fill_verdict(&marked[i].verdict);
        else
            first->points += lab->items[i].points;
    }
}

/* The report as text; the caller frees it. */
static char *
text_of(int is_verbose, int has_colour)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    report_text(stream, &plan, is_verbose, has_colour);
    fclose(stream);
    return text;
}

static const char *
last_line(const char *text, char line[64])
{
    size_t end = strlen(text) - 1;
    size_t from = end;

    while (from > 0 && text[from - 1] != '\n')
        from--;
    snprintf(line, 64, "%.*s", (int)(end - from), text + from);
    return line;
}

static size_t
count(const char *text, const char *word)
{
    size_t n = 0;

    for (; (text = strstr(text, word)) != NULL; text++)
        n++;
    return n;
}

START_TEST(text_fits_and_ends_with_the_total)
{
    char line[64];
    char total[64];
    char *text = text_of(_i, 0);

    check_page(text);
    snprintf(total, sizeof total, "%d/100", plan.lab[0].points);
    ck_assert_str_eq(last_line(text, line), total);
    ck_assert_uint_eq(count(text, "\n  FAIL"), lab_table[0]->nitems / 2);
    ck_assert_uint_eq(count(text, "\n  ok  "), (lab_table[0]->nitems + 1) / 2);
    ck_assert(strstr(text, "SEED=abc") != NULL);
    ck_assert(strstr(text, "README.md, step ") != NULL);
    free(text);
}
END_TEST

/* One line before the total, if a mistake was named in full. */
START_TEST(tells_how_to_get_a_hint)
{
    char end[120];
    char *text = text_of(_i, 0);

    snprintf(end, sizeof end,
        "\n\nA hint about AP1: make hint ID=AP1\n\n%d/100\n",
        plan.lab[0].points);
    ck_assert_uint_eq(count(text, "make hint"), 1);
    ck_assert_uint_eq(count(text, end), 1);
    free(text);
    for (size_t i = 0; i < lab_table[0]->nitems; i++)
        marked[i].verdict.id[0] = '\0';
    text = text_of(_i, 0);
    ck_assert_uint_eq(count(text, "hint"), 0);
    free(text);
}
END_TEST

START_TEST(verbose_tells_every_lost_item)
{
    char *text = text_of(0, 0);
    char *more = text_of(1, 0);

    ck_assert_uint_lt(count(text, "expected"), count(more, "expected"));
    ck_assert_uint_eq(count(more, "expected"), lab_table[0]->nitems / 2);
    free(text);
    free(more);
}
END_TEST

/* Without its colours the report is the same. */
START_TEST(colour_changes_no_word)
{
    char *plain = text_of(1, 0);
    char *text = text_of(1, 1);
    char *to = text;

    ck_assert(strchr(text, '\033') != NULL);
    for (const char *from = text; *from != '\0';) {
        if (*from == '\033')
            from += strcspn(from, "m") + 1;
        else
            *to++ = *from++;
    }
    *to = '\0';
    ck_assert_str_eq(text, plain);
    free(plain);
    free(text);
}
END_TEST

static json_t *
json_of(void)
{
    json_error_t error;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    ck_assert_int_eq(report_json(stream, &plan), 0);
    fclose(stream);
    json_t *result = json_loads(text, 0, &error);
    ck_assert_msg(result != NULL, "%s: %s", error.text, text);
    free(text);
    return result;
}

START_TEST(json_agrees_with_the_text)
{
    json_t *result = json_of();
    const json_t *lab = json_array_get(json_object_get(result, "labs"), 0);
    json_t *item;
    size_t i;
    long long points = 0;

    ck_assert_int_eq(json_integer_value(json_object_get(result, "points")),
        plan.lab[0].points);
    ck_assert_int_eq(
        json_integer_value(json_object_get(result, "maximum")), 100);
    ck_assert_str_eq(
        json_string_value(json_object_get(lab, "lab")), lab_table[0]->name);
    ck_assert_uint_eq(
        json_array_size(json_object_get(lab, "items")), lab_table[0]->nitems);
    json_array_foreach(json_object_get(lab, "items"), i, item)
    {
        int is_lost = i % 2 != 0;
        points += json_integer_value(json_object_get(item, "points"));
        ck_assert_str_eq(json_string_value(json_object_get(item, "mark")),
            is_lost ? "lost" : "won");
        ck_assert_str_eq(json_string_value(json_object_get(item, "title")),
            lab_table[0]->items[i].title);
        ck_assert_int_eq(json_object_get(item, "id") != NULL, is_lost);
    }
    ck_assert_int_eq(points, plan.lab[0].points);
    json_decref(result);
}
END_TEST

START_TEST(a_lab_that_does_not_compile_has_no_items)
{
    char line[64];

    results[0].status = BUILD_REFUSED;
    results[2].status = BUILD_REFUSED;
    snprintf(results[0].messages, sizeof results[0].messages,
        "%s/posix/server.c:3: error \033[31m\377\n", lab_table[0]->name);
    plan.lab[0].points = 0;
    char *text = text_of(0, 0);
    ck_assert(strstr(text, "not gradable: 0/100") != NULL);
    ck_assert(strstr(text, "posix/server.c:3: error \\033[31m\\377") != NULL);
    ck_assert(strstr(text, "FAIL") == NULL);
    ck_assert_str_eq(last_line(text, line), "0/100");
    check_page(text);
    json_t *result = json_of();
    const json_t *lab = json_array_get(json_object_get(result, "labs"), 0);
    ck_assert(json_is_false(json_object_get(lab, "gradable")));
    ck_assert_uint_eq(json_array_size(json_object_get(lab, "items")), 0);
    json_decref(result);
    free(text);
}
END_TEST

/* Those of the other half are told as ever. */
START_TEST(an_item_without_its_program_says_why)
{
    results[0].status = BUILD_REFUSED;
    snprintf(results[0].messages, sizeof results[0].messages,
        "%s/posix/server.c:3: error\n", lab_table[0]->name);
    marked[0].mark = MARK_UNBUILT;
    snprintf(marked[0].verdict.why, sizeof marked[0].verdict.why,
        "server.c does not compile: see above");
    char *text = text_of(0, 0);
    ck_assert_uint_eq(count(text, "posix/server.c:3: error"), 1);
    ck_assert(strstr(text, "server is not gradable") != NULL);
    ck_assert(strstr(text, "why       server.c does not compile: see above\n"));
    ck_assert(strstr(text, "\n          run ") != NULL);
    check_page(text);
    json_t *result = json_of();
    const json_t *lab = json_array_get(json_object_get(result, "labs"), 0);
    const json_t *first = json_array_get(json_object_get(lab, "items"), 0);
    ck_assert(json_is_true(json_object_get(lab, "gradable")));
    ck_assert_str_eq(json_string_value(json_object_get(first, "mark")), "lost");
    ck_assert(json_is_false(json_object_get(first, "gradable")));
    json_decref(result);
    free(text);
}
END_TEST

/* The first one of each half, as of those that are lost; or with -v all. */
START_TEST(what_does_not_compile_is_said_once_for_a_half)
{
    const struct item *items = lab_table[0]->items;
    size_t halves = 0;

    for (size_t i = 0; i < lab_table[0]->nitems; i++) {
        size_t first = 0;
        while (strcmp(items[first].half, items[i].half) != 0)
            first++;
        halves += first == i;
        marked[i].mark = MARK_UNBUILT;
        snprintf(marked[i].verdict.why, sizeof marked[i].verdict.why,
            "server.c does not compile: see above");
    }
    for (int is_verbose = 0; is_verbose < 2; is_verbose++) {
        char *text = text_of(is_verbose, 0);
        ck_assert_uint_eq(count(text, "server.c does not compile: see above"),
            is_verbose ? lab_table[0]->nitems : halves);
        check_page(text);
        free(text);
    }
}
END_TEST

START_TEST(one_item_is_all_there_is)
{
    char slug[128];
    char line[64];
    char total[64];

    rubric_slug(slug, sizeof slug, &lab_table[0]->items[1]);
    plan.item[0] = slug;
    plan.nitems = 1;
    plan.lab[0].points = 0;
    char *text = text_of(0, 0);
    snprintf(total, sizeof total, "0/%d", lab_table[0]->items[1].points);
    ck_assert_str_eq(last_line(text, line), total);
    ck_assert_uint_eq(count(text, "\n  FAIL"), 1);
    ck_assert_uint_eq(count(text, "\n  ok  "), 0);
    free(text);
}
END_TEST

START_TEST(says_that_there_was_no_sandbox)
{
    plan.walls = walls_find("none");
    char *text = text_of(0, 0);
    ck_assert(strncmp(text, "Without a sandbox", 17) == 0);
    free(text);
    json_t *result = json_of();
    ck_assert(json_is_false(json_object_get(result, "sandbox")));
    json_decref(result);
}
END_TEST

START_TEST(a_tree_with_an_odd_name_is_escaped)
{
    plan.tree = "t\033[31m\377/x";
    char *text = text_of(1, 0);
    ck_assert(strchr(text, '\033') == NULL && strchr(text, '\377') == NULL);
    free(text);
    json_decref(json_of());
}
END_TEST

Suite *
report_suite(void)
{
    Suite *suite = suite_create("report");
    TCase *tcase = tcase_create("report");

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_checked_fixture(tcase, enter, NULL);
    tcase_add_loop_test(tcase, text_fits_and_ends_with_the_total, 0, 2);
    tcase_add_loop_test(tcase, tells_how_to_get_a_hint, 0, 2);
    tcase_add_test(tcase, verbose_tells_every_lost_item);
    tcase_add_test(tcase, colour_changes_no_word);
    tcase_add_test(tcase, json_agrees_with_the_text);
    tcase_add_test(tcase, a_lab_that_does_not_compile_has_no_items);
    tcase_add_test(tcase, an_item_without_its_program_says_why);
    tcase_add_test(tcase, what_does_not_compile_is_said_once_for_a_half);
    tcase_add_test(tcase, one_item_is_all_there_is);
    tcase_add_test(tcase, says_that_there_was_no_sandbox);
    tcase_add_test(tcase, a_tree_with_an_odd_name_is_escaped);
    suite_add_tcase(suite, tcase);
    return suite;
}
