/*
 * test_tasks.c - empty TASKs are told from filled ones
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suites.h"
#include "tasks.h"

static glob_t skeletons;

static const struct {
    const char *source;
    struct tasks tasks;
} sources[] = {
    {"", {0, 0, 0, 0}},
    {"int main(void)\n{\n    return 0;\n}\n", {0, 0, 0, 0}},
    {"/* TASK 1: do it. */\n}\n", {1, 1, 1, 1}},
    {"\n\n    /* TASK 3: do it. */\n\n    return 0;\n", {1, 1, 3, 3}},
    {"/* TASK 1: a. */\nx();\n/* TASK 2: b,\n * longer. */\n}\n", {2, 1, 2, 3}},
    {"/* TASK 1: a. */\n/* TASK 2: b. */\nx();\n}\n", {2, 1, 1, 1}},
    {"/* TASK 1: a. */\n/* Given: it ends. */\nx();\n}\n", {1, 1, 1, 1}},
    {"/* TASK 1: a. */\nx();\n/* TASK 2: b. */\ny();\n}\n", {2, 0, 0, 0}},
    {"/* TASK 1: never ended", {1, 1, 1, 1}},
};

START_TEST(finds_the_empty_ones)
{
    struct tasks tasks;
    const struct tasks *expected = &sources[_i].tasks;

    tasks_find(&tasks, sources[_i].source, strlen(sources[_i].source));
    ck_assert_int_eq(tasks.count, expected->count);
    ck_assert_int_eq(tasks.empty, expected->empty);
    ck_assert_int_eq(tasks.first, expected->first);
    ck_assert_int_eq(tasks.line, expected->line);
}
END_TEST

static void
find_in(const char *path, struct tasks *tasks)
{
    static char text[1 << 16];
    FILE *file = fopen(path, "r");

    ck_assert_msg(file != NULL, "%s", path);
    size_t n = fread(text, 1, sizeof text, file);
    fclose(file);
    tasks_find(tasks, text, n);
}

START_TEST(every_task_of_a_skeleton_is_empty)
{
    struct tasks tasks;
    const char *path = skeletons.gl_pathv[_i];

    find_in(path, &tasks);
    ck_assert_msg(tasks.count > 0, "%s has no TASK", path);
    ck_assert_msg(tasks.empty == tasks.count, "%s: %d TASKs, %d empty", path,
        tasks.count, tasks.empty);
    ck_assert_int_ge(tasks.first, 1);
    ck_assert_int_gt(tasks.line, 1);
}
END_TEST

START_TEST(no_task_of_a_reference_is_empty)
{
    struct tasks tasks;
    char path[256];

    snprintf(path, sizeof path, "solutions/%s",
        skeletons.gl_pathv[_i] + strlen("labs/"));
    find_in(path, &tasks);
    ck_assert_int_gt(tasks.count, 0);
    ck_assert_msg(tasks.empty == 0, "%s: TASK %d in line %d is empty", path,
        tasks.first, tasks.line);
}
END_TEST

Suite *
tasks_suite(void)
{
    Suite *suite = suite_create("tasks");
    TCase *tcase = tcase_create("tasks");
    int n = 0;

    if (glob("labs/*/*/*.c", 0, NULL, &skeletons) == 0)
        n = (int)skeletons.gl_pathc;
    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_loop_test(
        tcase, finds_the_empty_ones, 0, sizeof sources / sizeof sources[0]);
    tcase_add_loop_test(tcase, every_task_of_a_skeleton_is_empty, 0, n);
    tcase_add_loop_test(tcase, no_task_of_a_reference_is_empty, 0, n);
    suite_add_tcase(suite, tcase);
    return suite;
}
