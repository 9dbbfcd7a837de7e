/*
 * test_hint.c - hints: what each stage tells, and what it keeps for later
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diagnosis.h"
#include "hint.h"
#include "labs.h"
#include "room.h"
#include "suites.h"

/* What a hint says; the caller frees it. */
static char *
hint_of(const char *root, const char *id, int is_verbose)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    int result = hint_show(stream, root, id, is_verbose);

    fclose(stream);
    ck_assert_msg(result == 0, "%s", id);
    return text;
}

/* Are all words of one text in the other, in a row, however it is wrapped? */
static int
has_words(const char *text, const char *words)
{
    for (; *text != '\0'; text++) {
        const char *at = text;
        const char *word = words;
        while (*word != '\0' && (*at == *word || (isspace((unsigned char)*at) &&
                                                     *word == ' '))) {
            at++;
            if (*word == ' ')
                at += strspn(at, " \n");
            word++;
        }
        if (*word == '\0')
            return 1;
    }
    return 0;
}

static void
check_stages(const struct diagnosis *d)
{
    char *first = hint_of(".", d->id, 0);
    char *second = hint_of(".", d->id, 1);

    check_page(first);
    check_page(second);
    for (int i = 0; i < 2; i++) {
        const char *text = i == 0 ? first : second;
        ck_assert_msg(strncmp(text, d->id, strlen(d->id)) == 0, "%s", text);
        ck_assert_msg(has_words(text, d->what), "%s", text);
        ck_assert_msg(has_words(text, d->nudge), "%s", text);
        ck_assert_msg(strstr(text, "\n  read   ") != NULL, "%s", text);
    }
    ck_assert_msg(!has_words(first, d->mend), "%s tells too much", d->id);
    ck_assert_msg(!has_words(first, d->more), "%s tells too much", d->id);
    ck_assert_msg(strstr(first, " -v, or make hint ID=") != NULL, "%s", first);
    ck_assert_msg(has_words(second, d->mend), "%s", second);
    ck_assert_msg(has_words(second, d->more), "%s", second);
    free(first);
    free(second);
}

START_TEST(every_hint_has_two_stages)
{
    for (const struct diagnosis *d = diagnoses; d->id != NULL; d++)
        check_stages(d);
    for (size_t i = 0; lab_table[i] != NULL; i++)
        for (const struct diagnosis *d = lab_table[i]->mistakes; d->id != NULL;
             d++)
            check_stages(d);
}
END_TEST

/* The title comes from the handout; without it the number has to do. */
START_TEST(names_the_step)
{
    char *text = hint_of(".", "AP1", 0);
    ck_assert(has_words(
        text, "labs/02-anonpipe/README.md, step 7: close what is not yours"));
    free(text);
    text = hint_of("/nowhere", "ap1", 0);
    ck_assert(has_words(text, "labs/02-anonpipe/README.md, step 7 more"));
    ck_assert(strncmp(text, "AP1 ", 4) == 0);
    free(text);
}
END_TEST

static const struct {
    const char *id;
    const char *says;
} unknown[] = {
    {"", "there is no diagnosis ''; 'grade --hint list' prints all\n"},
    {"NO1", "there is no diagnosis 'NO1'; 'grade --hint list' prints all\n"},
    {"ex7", "there is no diagnosis 'ex7'; similar: EX1; 'grade --hint list' "
            "prints all\n"},
    {"sem", "there is no diagnosis 'sem'; similar: SEM1, SEM2, SEM3, SEM4; "
            "'grade --hint list' prints all\n"},
    {"\033[31m", "there is no diagnosis '\\033[31m'; 'grade --hint list' "
                 "prints all\n"},
};

START_TEST(refuses_what_it_does_not_know)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    ck_assert_int_eq(hint_show(stream, ".", unknown[_i].id, 0), -1);
    hint_refuse(stream, unknown[_i].id);
    fclose(stream);
    ck_assert_str_eq(text, unknown[_i].says);
    free(text);
}
END_TEST

START_TEST(lists_those_of_the_labs_asked_for)
{
    struct plan plan = {.nlabs = 1};
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    plan.lab[0].lab = lab_table[1];
    hint_list(stream, &plan);
    fclose(stream);
    check_page(text);
    for (const struct diagnosis *d = diagnoses; d->id != NULL; d++)
        ck_assert_msg(has_words(text, d->id), "%s", d->id);
    for (const struct diagnosis *d = lab_table[1]->mistakes; d->id != NULL; d++)
        ck_assert_msg(has_words(text, d->what), "%s", d->id);
    ck_assert_ptr_eq(strstr(text, "SEM1"), NULL);
    free(text);
}
END_TEST

Suite *
hint_suite(void)
{
    Suite *suite = suite_create("hint");
    TCase *tcase = tcase_create("hint");

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_test(tcase, every_hint_has_two_stages);
    tcase_add_test(tcase, names_the_step);
    tcase_add_loop_test(tcase, refuses_what_it_does_not_know, 0,
        sizeof unknown / sizeof unknown[0]);
    tcase_add_test(tcase, lists_those_of_the_labs_asked_for);
    suite_add_tcase(suite, tcase);
    return suite;
}
