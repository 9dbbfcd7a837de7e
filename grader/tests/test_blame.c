/*
 * test_blame.c - whose fault it is: each half answers for itself alone
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "labs.h"
#include "room.h"
#include "skip.h"
#include "suites.h"

/* A copy of the solutions, changed by a command. Valid until the next. */
static const char *
make_tree(const char *change)
{
    static char tree[256];

    snprintf(tree, sizeof tree, "%s", scratch("tree"));
    ck_assert_int_eq(run_shell("rm -rf %s && cp -r solutions %s && cd %s && "
                               "{ %s; }",
                         tree, tree, tree, change),
        0);
    return tree;
}

/* Grades it, which must end with that status. The caller gives the result back
 * (NULL if no mark is given); the report is the scratch file "text". */
static json_t *
grade(const char *tree, const char *arguments, int status)
{
    char path[256];

    snprintf(path, sizeof path, "%s", scratch("json"));
    int end = run_shell("rm -f %s; %s/grade -t %s %s -f json=%s -f text=%s "
                        "2>%s",
        path, build_folder(), tree, arguments, path, scratch("text"),
        scratch("err"));
    ck_assert_msg(end == status, "grade ends with %d, not %d", end, status);
    return json_load_file(path, 0, NULL);
}

static int
report_has(const char *words)
{
    return run_shell("grep -qF -- '%s' %s", words, scratch("text")) == 0;
}

static const char *
word(const json_t *object, const char *key)
{
    const char *string = json_string_value(json_object_get(object, key));

    return string != NULL ? string : "";
}

/* What is written about a half of lab 0 of the result. */
static const json_t *
find_half(const json_t *result, const char *program)
{
    const json_t *lab = json_array_get(json_object_get(result, "labs"), 0);
    const json_t *half;
    size_t i;

    json_array_foreach(json_object_get(lab, "halves"), i, half)
    {
        if (strcmp(word(half, "program"), program) == 0)
            return half;
    }
    ck_abort_msg("no half %s", program);
    return NULL;
}

/* Halves that cannot be built, and what is lost with them, by the beginnings of
 * the items' names (or a whole one); all else must be won. */
static const struct {
    const char *lab;
    const char *platform;
    const char *change; /* in the lab's folder of that platform */
    const char *half;
    const char *why;
    const char *lost[3];
} broken[] = {
    {"01-filemapping", "posix", "echo return >>server.c", "server",
        "server.c does not compile: see above", {"server-", "pair-", NULL}},
    {"02-anonpipe", "posix", "rm client.c", "client",
        "client.c cannot be read: see above", {"client-", "pair-", NULL}},
    {"03-namedpipe", "posix", "rm call_client.c", "call_client",
        "call_client.c cannot be read: see above",
        {"call-client-", "pair-calls-", NULL}},
    {"03-namedpipe", "posix", "echo x >client.c", "client",
        "client.c does not compile: see above",
        {"client-", "pair-server-and-client-talk-to-each-other",
            "pair-give-the-same-answer-in-every-order"}},
    /* At home, without sanitizers, it compiles. */
    {"04-mailslot", "posix",
        "printf '#ifdef __SANITIZE_ADDRESS__\\n#error\\n#endif\\n' >>server.c",
        "server", "server.c does not compile with the sanitizers: see above",
        {"server-uses-no-memory-that-is-not-its-own", NULL}},
    /* And the reverse: what students cannot compile is not run at all. */
    {"01-filemapping", "posix",
        "printf '#ifndef __SANITIZE_ADDRESS__\\n#error\\n#endif\\n' >>client.c",
        "client", "client.c does not compile: see above",
        {"client-", "pair-", NULL}},
    {"03-namedpipe", "win32", "echo x >>call_server.c", "call_server",
        "call_server.c does not compile: see above",
        {"call-server-", "pair-call-server-", "pair-calls-"}},
};

static int
is_lost_with(const char *const lost[3], const char *item)
{
    for (size_t i = 0; i < 3 && lost[i] != NULL; i++)
        if (strncmp(item, lost[i], strlen(lost[i])) == 0)
            return 1;
    return 0;
}

static void
check_item(const json_t *item, int is_lost, const char *why)
{
    const char *name = word(item, "item");
    int points = (int)json_integer_value(json_object_get(item, "points"));

    ck_assert_msg(strcmp(word(item, "mark"), is_lost ? "lost" : "won") == 0,
        "%s is %s", name, word(item, "mark"));
    ck_assert_int_eq(points,
        is_lost ? 0 : json_integer_value(json_object_get(item, "maximum")));
    ck_assert_int_eq(json_is_true(json_object_get(item, "gradable")), !is_lost);
    if (is_lost)
        ck_assert_str_eq(word(item, "why"), why);
}

START_TEST(a_half_that_is_not_built_costs_its_own_items)
{
    char change[512];
    char arguments[128];
    const json_t *item;
    int points = 0;
    size_t i;

    if (strcmp(broken[_i].platform, "win32") == 0 && skip_win32(1))
        return;
    snprintf(change, sizeof change, "cd %s/%s && %s", broken[_i].lab,
        broken[_i].platform, broken[_i].change);
    snprintf(arguments, sizeof arguments, "-p %s -l %s", broken[_i].platform,
        broken[_i].lab);
    json_t *result = grade(make_tree(change), arguments, 1);
    const json_t *lab = json_array_get(json_object_get(result, "labs"), 0);
    json_array_foreach(json_object_get(lab, "items"), i, item)
    {
        check_item(item, is_lost_with(broken[_i].lost, word(item, "item")),
            broken[_i].why);
        points += (int)json_integer_value(json_object_get(item, "points"));
    }
    ck_assert_int_gt(points, 0);
    ck_assert_int_eq(
        points, json_integer_value(json_object_get(result, "points")));
    ck_assert(json_is_true(json_object_get(lab, "gradable")));
    ck_assert_str_ne(
        word(find_half(result, broken[_i].half), "build"), "built");
    ck_assert(report_has(broken[_i].why));
    json_decref(result);
}
END_TEST

/* When nothing can be run there is nothing to tell of items. */
START_TEST(without_any_half_a_lab_is_not_gradable)
{
    json_t *result = grade(
        make_tree("rm 02-anonpipe/posix/*.c"), "-l 02-anonpipe -p posix", 1);
    const json_t *lab = json_array_get(json_object_get(result, "labs"), 0);

    ck_assert(json_is_false(json_object_get(lab, "gradable")));
    ck_assert_uint_eq(json_array_size(json_object_get(lab, "items")), 0);
    ck_assert(report_has("not gradable: 0/100"));
    json_decref(result);
}
END_TEST

Suite *
blame_suite(void)
{
    Suite *suite = suite_create("blame");
    TCase *tcase = tcase_create("halves");

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_unchecked_fixture(tcase, scratch_enter, scratch_leave);
    tcase_add_loop_test(tcase, a_half_that_is_not_built_costs_its_own_items, 0,
        sizeof broken / sizeof broken[0]);
    tcase_add_test(tcase, without_any_half_a_lab_is_not_gradable);
    suite_add_tcase(suite, tcase);
    return suite;
}
