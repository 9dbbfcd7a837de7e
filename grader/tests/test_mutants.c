/*
 * test_mutants.c - the mutator makes exactly the mutations that it should
 */
#include <stdio.h>
#include <string.h>

#include "room.h"
#include "suites.h"

#define EXAMPLE "grader/tests/mutants/example.c"

static int
is_clang_missing(void)
{
    if (run_shell("command -v clang >/dev/null") == 0)
        return 0;
    printf("(clang is not installed: nothing mutated)\n");
    return 1;
}

/* Mutates a source into the scratch folder; the list is its file "list". */
static int
mutate(const char *source)
{
    return run_shell("clang -Xclang -ast-dump=json -fsyntax-only %s | "
                     "%s/mutate example.c %s %s >%s 2>%s",
        source, build_folder(), source, scratch(""), scratch("list"),
        scratch("errors"));
}

static void
expect_errors(const char *part)
{
    static char text[4096];
    FILE *file = fopen(scratch("errors"), "r");

    ck_assert_ptr_nonnull(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    ck_assert_msg(strstr(text, part) != NULL, "%s: %s", part, text);
}

START_TEST(finds_the_sites_of_every_operator)
{
    if (is_clang_missing())
        return;
    ck_assert_int_eq(mutate(EXAMPLE), 0);
    ck_assert_int_eq(run_shell("cut -f 2,3 %s | diff %s -", scratch("list"),
                         "grader/tests/mutants/example.txt"),
        0);
}
END_TEST

START_TEST(every_mutant_is_another_program)
{
    if (is_clang_missing())
        return;
    ck_assert_int_eq(mutate(EXAMPLE), 0);
    ck_assert_int_eq(
        run_shell("cd %s && [ $(cksum [0-9]*.c | sort -u -k 1,2 | wc -l) -eq "
                  "$(wc -l <list) ]",
            scratch("")),
        0);
    ck_assert_int_eq(run_shell("for i in %s/*.c; do gcc -w -fsyntax-only $i || "
                               "exit; cmp -s $i " EXAMPLE " && exit 1; done; :",
                         scratch("")),
        0);
}
END_TEST

START_TEST(keys_do_not_depend_on_lines)
{
    if (is_clang_missing())
        return;
    ck_assert_int_eq(run_shell("(echo; echo '/* new */'; cat " EXAMPLE ") >%s",
                         scratch("longer.c")),
        0);
    ck_assert_int_eq(mutate(scratch("longer.c")), 0);
    ck_assert_int_eq(
        run_shell("cut -f 3 %s >%s", scratch("list"), scratch("keys")), 0);
    ck_assert_int_eq(run_shell("cut -f 2 %s | diff - %s",
                         "grader/tests/mutants/example.txt", scratch("keys")),
        0);
}
END_TEST

START_TEST(mutations_of_the_same_words_are_told_apart)
{
    if (is_clang_missing())
        return;
    ck_assert_int_eq(
        run_shell("echo 'void f(void); void g(void) { f(); f(); }' >%s",
            scratch("twins.c")),
        0);
    ck_assert_int_eq(mutate(scratch("twins.c")), 0);
    ck_assert_int_eq(run_shell("cut -f 3 %s | grep -qx "
                               "'example.c g drop-call: f() (2)'",
                         scratch("list")),
        0);
}
END_TEST

START_TEST(a_tree_of_nothing_is_trouble)
{
    ck_assert_int_eq(run_shell("%s/mutate x " EXAMPLE " / </dev/null 2>%s",
                         build_folder(), scratch("errors")),
        2);
    expect_errors("clang printed none");
    ck_assert_int_eq(run_shell("echo '{}' | %s/mutate x " EXAMPLE " / 2>%s",
                         build_folder(), scratch("errors")),
        2);
    expect_errors("this is no syntax tree of " EXAMPLE);
}
END_TEST

/* A list of equivalent mutants, and what is said about it; NULL: it is good. */
static const struct {
    const char *text;
    const char *error;
} lists[] = {
    {"", NULL},
    {"# nothing yet\n\n", NULL},
    {"a.c f drop-call: g()\n    It does nothing.\n    Really.\n", NULL},
    {"a.c f drop-call: g()\n    Why.\n\na.c f drop-call: g() (2)\n    Why.\n",
        NULL},
    {"    Why.\n", "line 1: a reason, and no key above it"},
    {"a.c f drop-call: g()\n", "line 1: the last key has no reason"},
    {"a.c f drop-call: g()\nb.c f drop-call: g()\n    Why.\n",
        "line 2: the key above this one has no reason"},
    {"# first\ng() is dropped\n    Why.\n",
        "line 2: a key is FILE FUNCTION OPERATOR: WORDS"},
    {"a.c f drop-call: g()\n    Why.\na.c f drop-call: g()\n    Why.\n",
        "line 3: this key is there already"},
};

START_TEST(a_list_says_what_is_wrong_with_it)
{
    FILE *file = fopen(scratch("explained"), "w");

    ck_assert_ptr_nonnull(file);
    fputs(lists[_i].text, file);
    fclose(file);
    ck_assert_int_eq(
        run_shell("%s/mutate %s >%s 2>%s", build_folder(), scratch("explained"),
            scratch("keys"), scratch("errors")),
        lists[_i].error == NULL ? 0 : 2);
    if (lists[_i].error != NULL)
        expect_errors(lists[_i].error);
    else
        ck_assert_int_eq(run_shell("grep '^a' %s | diff - %s",
                             scratch("explained"), scratch("keys")),
            0);
}
END_TEST

START_TEST(the_list_of_the_kit_is_well_formed)
{
    ck_assert_int_eq(run_shell("%s/mutate grader/mutants/equivalent.txt "
                               ">/dev/null",
                         build_folder()),
        0);
}
END_TEST

Suite *
mutants_suite(void)
{
    Suite *suite = suite_create("mutants");
    TCase *tcase = tcase_create("mutants");

    tcase_add_unchecked_fixture(tcase, scratch_enter, scratch_leave);
    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_test(tcase, finds_the_sites_of_every_operator);
    tcase_add_test(tcase, every_mutant_is_another_program);
    tcase_add_test(tcase, keys_do_not_depend_on_lines);
    tcase_add_test(tcase, mutations_of_the_same_words_are_told_apart);
    tcase_add_test(tcase, a_tree_of_nothing_is_trouble);
    tcase_add_loop_test(tcase, a_list_says_what_is_wrong_with_it, 0,
        (int)(sizeof lists / sizeof lists[0]));
    tcase_add_test(tcase, the_list_of_the_kit_is_well_formed);
    suite_add_tcase(suite, tcase);
    return suite;
}
