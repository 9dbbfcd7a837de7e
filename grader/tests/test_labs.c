/*
 * test_labs.c - the table of labs, the marking schemes, the diagnoses
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "diagnosis.h"
#include "labs.h"
#include "suites.h"

enum {
    TITLE = 59,
    SLUG = 128,
    MISTAKES = 400
};

static int
count_labs(void)
{
    int n = 0;

    while (lab_table[n] != NULL)
        n++;
    return n;
}

START_TEST(points_sum_to_a_hundred)
{
    ck_assert_int_eq(lab_points(lab_table[_i]), 100);
}
END_TEST

/* Has the handout a section "### Step N"? */
static int
has_step(const char *lab, int step)
{
    char path[128];
    char line[1024];
    char heading[32];
    int found = 0;

    snprintf(path, sizeof path, "labs/%s/README.md", lab);
    snprintf(heading, sizeof heading, "### Step %d", step);
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "%s", path);
    while (!found && fgets(line, sizeof line, file) != NULL)
        found = strncmp(line, heading, strlen(heading)) == 0 &&
                strchr("0123456789", line[strlen(heading)]) == NULL;
    fclose(file);
    return found;
}

static int
has_program(const struct lab *lab, const char *half)
{
    if (strcmp(half, "pair") == 0)
        return 1;
    for (size_t i = 0; lab->programs[i] != NULL; i++)
        if (strcmp(lab->programs[i], half) == 0)
            return 1;
    return 0;
}

START_TEST(every_item_is_complete)
{
    const struct lab *lab = lab_table[_i];
    int room = TITLE - lab_half_width(lab); /* in a line of the report */

    for (size_t i = 0; i < lab->nitems; i++) {
        const struct item *item = &lab->items[i];
        ck_assert_msg(item->points > 0, "%s", item->title);
        ck_assert_msg(has_program(lab, item->half), "%s", item->half);
        ck_assert_msg(has_step(lab->name, item->step),
            "%s, \"%s\": no step %d in the handout", lab->name, item->title,
            item->step);
        ck_assert_msg(
            strlen(item->title) > 0 && strlen(item->title) <= (size_t)room,
            "longer than %d: %s", room, item->title);
        ck_assert(item->test != NULL && *item->test != NULL);
    }
}
END_TEST

START_TEST(slugs_are_unique)
{
    const struct lab *lab = lab_table[_i];
    char slug[SLUG];
    char other[SLUG];

    for (size_t i = 0; i < lab->nitems; i++) {
        rubric_slug(slug, sizeof slug, &lab->items[i]);
        ck_assert_uint_lt(strlen(slug), SLUG - 1);
        for (size_t k = 0; k < i; k++) {
            rubric_slug(other, sizeof other, &lab->items[k]);
            ck_assert_str_ne(slug, other);
        }
    }
}
END_TEST

/* No two items have the same test, or the same secret words. */
START_TEST(every_item_has_a_test_and_a_seed_of_its_own)
{
    const struct lab *lab = lab_table[_i];

    for (size_t i = 0; i < lab->nitems; i++)
        for (size_t k = 0; k < i; k++) {
            ck_assert_ptr_ne(*lab->items[i].test, *lab->items[k].test);
            ck_assert_uint_ne(rubric_seed(1, lab->name, &lab->items[i]),
                rubric_seed(1, lab->name, &lab->items[k]));
            ck_assert_uint_ne(rubric_seed(1, lab->name, &lab->items[i]),
                rubric_seed(2, lab->name, &lab->items[i]));
        }
}
END_TEST

START_TEST(a_lab_has_its_files)
{
    const struct lab *lab = lab_table[_i];
    static const char *const trees[] = {"labs", "solutions"};
    struct stat status;
    char path[256];

    snprintf(path, sizeof path, "labs/%s/protocol.h", lab->name);
    ck_assert_msg(stat(path, &status) == 0, "%s", path);
    for (size_t i = 0; lab->programs[i] != NULL; i++)
        for (int t = 0; t < 2; t++) {
            snprintf(path, sizeof path, "%s/%s/%s/%s.c", trees[t], lab->name,
                lab->target->name, lab->programs[i]);
            ck_assert_msg(stat(path, &status) == 0, "%s", path);
        }
}
END_TEST

START_TEST(is_found_by_number_and_by_name)
{
    const struct lab *lab = lab_table[_i];
    char number[8];

    ck_assert(lab_is(lab, lab->name));
    snprintf(number, sizeof number, "%.2s", lab->name);
    ck_assert(lab_is(lab, number));
    snprintf(number, sizeof number, "%d", atoi(lab->name));
    ck_assert(lab_is(lab, number));
    if (lab->target == &target_posix) /* the first of that name */
        ck_assert_ptr_eq(lab_find(number), lab);
}
END_TEST

START_TEST(what_is_no_lab_is_not_found)
{
    static const char *const words[] = {
        "", "0", "99", "-1", "1x", "01-", "01-file", "x", "1 2"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        ck_assert_msg(lab_find(words[i]) == NULL, "\"%s\"", words[i]);
}
END_TEST

/* Whole, fit to be wrapped, and of a sensible length (of characters). */
static void
check_text(const char *id, const char *text, size_t least, size_t most)
{
    ck_assert_msg(text != NULL, "%s", id);
    size_t length = strlen(text);
    ck_assert_msg(length >= least && length <= most, "%s: %zu characters: %s",
        id, length, text);
    for (size_t i = 0; i < length; i++)
        ck_assert_msg(text[i] >= ' ' && text[i] < 0x7f && text[i] != '!',
            "%s: byte %d in: %s", id, text[i], text);
    ck_assert_msg(
        strstr(text, "  ") == NULL && text[0] != ' ' && text[length - 1] != ' ',
        "%s: spaces in: %s", id, text);
}

/* More or less: "." or "?" and a space, or the end. */
static int
count_sentences(const char *text)
{
    int n = 0;

    for (; *text != '\0'; text++)
        n += strchr(".?", *text) != NULL && strchr(" )", text[1]) != NULL;
    return n;
}

/* One sentence each for a report; a question, and a paragraph, for a hint. */
static void
check_texts(const struct diagnosis *d)
{
    check_text(d->id, d->what, 15, 200);
    check_text(d->id, d->mend, 10, 250);
    check_text(d->id, d->nudge, 60, 400);
    check_text(d->id, d->more, 350, 1300);
    int n = count_sentences(d->nudge);
    ck_assert_msg(n >= 1 && n <= 4, "%s: %d sentences", d->id, n);
    n = count_sentences(d->more);
    ck_assert_msg(n >= 3 && n <= 10, "%s: %d sentences", d->id, n);
}

static void
check_diagnoses(const struct diagnosis *table)
{
    struct verdict verdict;

    for (const struct diagnosis *d = table; d->id != NULL; d++) {
        ck_assert_ptr_eq(diagnosis_find(d->id), d);
        ck_assert_uint_lt(strlen(d->id), sizeof verdict.id);
        check_texts(d);
        ck_assert_msg(d->lab != NULL || d->step == 0, "%s", d->id);
        if (d->lab == NULL)
            continue;
        ck_assert_msg(lab_find(d->lab) != NULL, "%s: %s", d->id, d->lab);
        ck_assert_msg(d->step == 0 || has_step(d->lab, d->step),
            "%s: labs/%s/README.md has no step %d", d->id, d->lab, d->step);
    }
}

START_TEST(diagnoses_are_unique_and_can_be_read_about)
{
    check_diagnoses(diagnoses);
    for (size_t i = 0; lab_table[i] != NULL; i++)
        check_diagnoses(lab_table[i]->mistakes);
    ck_assert_ptr_eq(diagnosis_find(""), NULL);
    ck_assert_ptr_eq(diagnosis_find("NO1"), NULL);
    ck_assert_ptr_eq(diagnosis_find("ap1"), diagnosis_find("AP1"));
    ck_assert_ptr_ne(diagnosis_find("ap1"), NULL);
}
END_TEST

/* Nobody has copied an entry and forgotten to write a text of its own. */
START_TEST(no_two_diagnoses_say_the_same)
{
    const struct diagnosis *all[MISTAKES];
    size_t n = 0;

    for (int i = -1; i < count_labs(); i++)
        for (const struct diagnosis *d = i == -1 ? diagnoses
                                                 : lab_table[i]->mistakes;
             d->id != NULL; d++) {
            ck_assert_uint_lt(n, MISTAKES);
            all[n++] = d;
        }
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++) {
            ck_assert_str_ne(all[i]->what, all[k]->what);
            ck_assert_str_ne(all[i]->nudge, all[k]->nudge);
            ck_assert_str_ne(all[i]->more, all[k]->more);
        }
}
END_TEST

Suite *
labs_suite(void)
{
    Suite *suite = suite_create("labs");
    TCase *tcase = tcase_create("labs");
    int n = count_labs();

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_loop_test(tcase, points_sum_to_a_hundred, 0, n);
    tcase_add_loop_test(tcase, every_item_is_complete, 0, n);
    tcase_add_loop_test(tcase, slugs_are_unique, 0, n);
    tcase_add_loop_test(
        tcase, every_item_has_a_test_and_a_seed_of_its_own, 0, n);
    tcase_add_loop_test(tcase, a_lab_has_its_files, 0, n);
    tcase_add_loop_test(tcase, is_found_by_number_and_by_name, 0, n);
    tcase_add_test(tcase, what_is_no_lab_is_not_found);
    tcase_add_test(tcase, diagnoses_are_unique_and_can_be_read_about);
    tcase_add_test(tcase, no_two_diagnoses_say_the_same);
    suite_add_tcase(suite, tcase);
    return suite;
}
