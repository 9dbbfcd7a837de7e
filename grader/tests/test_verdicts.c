/*
 * test_verdicts.c - the grader is tested with wrong programs, and right ones
 *
 * grader/tests/wrong/LAB/NAME.patch is one mistake in the reference. Before
 * the patch stand lines that say what the grader must find:
 *
 *     lose: client-prints-10-000-lines-in-their-order
 *     id: FM2
 *
 * Exactly these items must be lost, by the names of "grade --list -v"; every
 * id must be named, and no other one. An item after "may: " can be lost, and
 * an id can be named, where who is quicker decides: the items that must be lost
 * show the race every time. Only the items of the halves that are changed are
 * run, and those of pairs: in all others nothing of the change ever runs.
 * grader/tests/right/LAB/NAME/ holds halves that solve the lab another way:
 * they must keep every point. Of Windows programs such a NAME begins with
 * "win32-", and a patch changes files of win32/.
 */
#include <glob.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "diagnosis.h"
#include "jobs.h"
#include "labs.h"
#include "room.h"
#include "skip.h"
#include "suites.h"
#include "text.h"

enum {
    TEXT = 4096,
    LOST = 64,
    IDS = 512,
    NO_TREE = 98, /* instead of an exit status */
    NO_PATCH = 99
};

static glob_t wrong;
static glob_t right;
static int *statuses; /* of grading the wrong ones, then the right ones */

/* "grader/tests/wrong/LAB/NAME.patch": the two words. */
static void
split(const char *path, char lab[64], char base[128])
{
    lab[0] = base[0] = '\0';
    sscanf(path, "grader/tests/%*[^/]/%63[^/]/%127[^/]", lab, base);
    char *dot = strstr(base, ".patch");
    if (dot != NULL)
        *dot = '\0';
}

/* Where its tree is, and what is written about it. */
static void
place(const char *path, char tree[256], char lab[64])
{
    char base[128];

    split(path, lab, base);
    snprintf(tree, 256, "%s/trees/%s-%s", build_folder(), lab, base);
}

/* The rest of each line of the patch that begins with the key ("lose: ").
 * Returns how many. */
static size_t
read_lines(const char *path, const char *key, char values[LOST][128])
{
    char line[TEXT];
    size_t n = 0;
    size_t length = strlen(key);
    FILE *file = fopen(path, "r");

    if (file == NULL)
        return 0;
    while (fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, key, length) == 0 && n < LOST) {
            line[strcspn(line, "\n")] = '\0';
            snprintf(values[n++], 128, "%.127s", line + length);
        }
    fclose(file);
    return n;
}

static int
is_in(const char *word, char values[][128], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(values[i], word) == 0)
            return 1;
    return 0;
}

/* Adds what is in one list and not in the other. */
static void
add_missing(char *text, const char *what, char values[LOST][128], size_t n,
    char others[LOST][128], size_t nothers)
{
    for (size_t i = 0; i < n; i++)
        if (!is_in(values[i], others, nothers)) {
            strncat(text, what, TEXT - strlen(text) - 1);
            strncat(text, values[i], TEXT - strlen(text) - 1);
            strncat(text, "\n", TEXT - strlen(text) - 1);
        }
}

static void
compare(const char *path, const json_t *result)
{
    static char expected[LOST][128];
    static char lost[LOST][128];
    static char may[LOST][128];
    static char expected_ids[LOST][128];
    static char ids[LOST][128];
    static char text[TEXT];
    size_t nexpected = read_lines(path, "lose: ", expected);
    size_t nmay = read_lines(path, "may: ", may);
    size_t nids_expected = read_lines(path, "id: ", expected_ids);
    size_t nlost = 0;
    size_t nids = 0;
    size_t index;
    json_t *item;

    json_array_foreach(
        json_object_get(
            json_array_get(json_object_get(result, "labs"), 0), "items"),
        index, item)
    {
        const char *id = json_string_value(json_object_get(item, "id"));
        const char *slug = json_string_value(json_object_get(item, "item"));
        if (strcmp(json_string_value(json_object_get(item, "mark")), "lost") ||
            is_in(slug, may, nmay))
            continue;
        snprintf(lost[nlost++], 128, "%s", slug);
        if (id != NULL && !is_in(id, ids, nids) && !is_in(id, may, nmay))
            snprintf(ids[nids++], 128, "%s", id);
    }
    text[0] = '\0';
    add_missing(
        text, "lost, should not be: ", lost, nlost, expected, nexpected);
    add_missing(
        text, "not lost, should be: ", expected, nexpected, lost, nlost);
    add_missing(
        text, "named, should not be: ", ids, nids, expected_ids, nids_expected);
    add_missing(
        text, "not named, should be: ", expected_ids, nids_expected, ids, nids);
    ck_assert_msg(text[0] == '\0' && nexpected > 0, "%s:\n%s", path, text);
}

static int
is_win32(const char *path)
{
    static char lines[LOST][128];

    if (strstr(path, ".patch") == NULL)
        return strstr(path, "/win32-") != NULL;
    return read_lines(path, "+++ b/win32/", lines) > 0;
}

static const char *
platform_of(const char *path)
{
    return is_win32(path) ? "win32" : "posix";
}

/* The options for the items of all halves that the patch changes. */
static void
choose_items(const char *path, char items[TEXT])
{
    static char halves[LOST][128];
    char key[32];

    snprintf(key, sizeof key, "+++ b/%s/", platform_of(path));
    size_t n = read_lines(path, key, halves);
    snprintf(items, TEXT, "-i pair");
    for (size_t i = 0; i < n; i++) {
        halves[i][strcspn(halves[i], ".")] = '\0';
        text_add(items, TEXT, " -i %s", halves[i]);
    }
}

/* A fresh tree: the reference of the lab, and what is different. */
static int
make_tree(const char *path, const char *tree, const char *lab)
{
    const char *platform = platform_of(path);

    if (run_shell("rm -rf '%s' && mkdir -p '%s/%s/%s' && "
                  "cp solutions/%s/%s/*.c '%s/%s/%s'",
            tree, tree, lab, platform, lab, platform, tree, lab, platform) != 0)
        return NO_TREE;
    if (strstr(path, ".patch") == NULL)
        return run_shell("cp '%s'/*.c '%s/%s/%s'", path, tree, lab, platform) ==
                       0
                   ? 0
                   : NO_TREE;
    return run_shell("patch -s -F0 -p1 -d '%s/%s' < '%s'", tree, lab, path) == 0
               ? 0
               : NO_PATCH;
}

/* Leaves TREE.json, and TREE.txt for people. */
static void
grade(size_t job, void *context)
{
    const char *path = job < wrong.gl_pathc
                           ? wrong.gl_pathv[job]
                           : right.gl_pathv[job - wrong.gl_pathc];
    char tree[256];
    char lab[64];
    char items[TEXT] = "";

    (void)context;
    place(path, tree, lab);
    statuses[job] = make_tree(path, tree, lab);
    if (statuses[job] != 0)
        return;
    if (job < wrong.gl_pathc)
        choose_items(path, items);
    statuses[job] = run_shell(
        "%s/grade -p %s -t '%s' -l %s %s --no-timeline -v -f json='%s.json' "
        "-f text='%s.txt'",
        build_folder(), platform_of(path), tree, lab, items, tree, tree);
}

/* Much of grading is waiting: more of it at a time than there are processors. */
static void
grade_all(void)
{
    size_t n = wrong.gl_pathc + right.gl_pathc;

    statuses = jobs_share((n + 1) * sizeof *statuses);
    ck_assert(statuses != NULL);
    ck_assert_int_eq(
        jobs_run(n, 2 * (int)sysconf(_SC_NPROCESSORS_ONLN), grade, NULL), 0);
}

START_TEST(wrong_programs)
{
    const char *path = wrong.gl_pathv[_i];
    char tree[256];
    char lab[64];
    char file[300];
    json_error_t error;

    ck_assert_msg(statuses[_i] != NO_PATCH, "%s does not apply", path);
    ck_assert_msg(statuses[_i] == 1, "%s: exit status %d", path, statuses[_i]);
    place(path, tree, lab);
    snprintf(file, sizeof file, "%s.json", tree);
    json_t *result = json_load_file(file, 0, &error);
    ck_assert_msg(result != NULL, "%s: %s", file, error.text);
    compare(path, result);
    json_decref(result);
}
END_TEST

/* A diagnosis that no wrong program gets was never seen to work. */
START_TEST(every_diagnosis_is_named_for_a_wrong_program)
{
    static char named[IDS][128];
    static char ids[LOST][128];
    char text[TEXT] = "";
    glob_t all;
    size_t n = 0;

    ck_assert_int_eq(glob("grader/tests/wrong/*/*.patch", 0, NULL, &all), 0);
    for (size_t i = 0; i < all.gl_pathc; i++) {
        size_t nids = read_lines(all.gl_pathv[i], "id: ", ids);
        for (size_t k = 0; k < nids; k++) {
            ck_assert_msg(diagnosis_find(ids[k]) != NULL, "%s: no diagnosis %s",
                all.gl_pathv[i], ids[k]);
            if (!is_in(ids[k], named, n) && n < IDS)
                memcpy(named[n++], ids[k], sizeof ids[k]);
        }
    }
    globfree(&all);
    for (int i = -1; i == -1 || lab_table[i] != NULL; i++)
        for (const struct diagnosis *d = i == -1 ? diagnoses
                                                 : lab_table[i]->mistakes;
             d->id != NULL; d++)
            if (!is_in(d->id, named, n))
                text_add(text, sizeof text, " %s", d->id);
    ck_assert_msg(text[0] == '\0', "no wrong program is told:%s", text);
}
END_TEST

START_TEST(right_programs)
{
    const char *path = right.gl_pathv[_i];
    int status = statuses[wrong.gl_pathc + (size_t)_i];
    char tree[256];
    char lab[64];

    place(path, tree, lab);
    if (status != 0) /* shows what was lost */
        run_shell("cat '%s.txt'", tree);
    ck_assert_msg(status == 0, "%s: exit status %d", path, status);
    /* What costs nothing is told if, and only if, the program says so. */
    ck_assert_msg(run_shell("grep -q '\"remark\"' '%s.json'", tree) ==
                      run_shell("grep -q 'accepted, and told' '%s'/*.c", path),
        "%s: the remark", path);
}
END_TEST

/* Keeps of a list only what ONLY in the environment asks for, and what can be
 * run here. */
static int
find(glob_t *list, const char *pattern)
{
    const char *only = getenv("ONLY");
    size_t kept = 0;

    if (glob(pattern, 0, NULL, list) != 0)
        return 0;
    for (size_t i = 0; i < list->gl_pathc; i++)
        if ((only == NULL || strstr(list->gl_pathv[i], only) != NULL) &&
            !(is_win32(list->gl_pathv[i]) && skip_win32(1)))
            list->gl_pathv[kept++] = list->gl_pathv[i];
    list->gl_pathc = kept;
    return (int)kept;
}

Suite *
verdicts_suite(void)
{
    Suite *suite = suite_create("verdicts");
    TCase *tcase = tcase_create("diagnoses");

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_test(tcase, every_diagnosis_is_named_for_a_wrong_program);
    suite_add_tcase(suite, tcase);
    int nwrong = find(&wrong, "grader/tests/wrong/*/*.patch");
    int nright = find(&right, "grader/tests/right/*/*");
    tcase = tcase_create("programs");
    tcase_add_unchecked_fixture(tcase, grade_all, NULL);
    tcase_add_loop_test(tcase, wrong_programs, 0, nwrong);
    tcase_add_loop_test(tcase, right_programs, 0, nright);
    suite_add_tcase(suite, tcase);
    return suite;
}
