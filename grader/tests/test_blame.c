/*
 * test_blame.c - whose fault it is: each half answers for itself alone
 */
#include <jansson.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "expect.h"
#include "image.h"
#include "jobs.h"
#include "labs.h"
#include "plan.h"
#include "privilege.h"
#include "probe.h"
#include "proc.h"
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

/* Programs that do the same whatever they are asked for, in the place of every
 * half (grader/tests/constants). */
static const char *const constants[] = {"empty", "ready", "lines", "reads",
    "fails", "refuses", "late", "waits", "numbers"};

/* What they win all the same, and why: to number lines is the client's work in
 * lab 02. */
static const struct {
    const char *constant;
    const char *lab;
    const char *item; /* the beginning of its name */
} deserved[] = {
    {"numbers", "02-anonpipe", "client-numbers-the-lines"},
    {"numbers", "02-anonpipe", "client-answers-each-line"},
    {"numbers", "02-anonpipe", "client-numbers-10-000-lines"},
    {"numbers", "02-anonpipe", "client-ends-when-the-server-is-gone"},
    {"numbers", "02-anonpipe", "client-fails-when-it-cannot-print"},
};

static int
is_deserved(const char *constant, const char *lab, const char *name)
{
    for (size_t i = 0; i < sizeof deserved / sizeof deserved[0]; i++)
        if (strcmp(deserved[i].constant, constant) == 0 &&
            strcmp(deserved[i].lab, lab) == 0 &&
            strncmp(deserved[i].item, name, strlen(deserved[i].item)) == 0)
            return 1;
    return 0;
}

static void
check_constant(const char *constant, const char *platform)
{
    char change[256];
    char arguments[64];
    const json_t *lab;
    const json_t *one;
    size_t i;
    size_t k;

    snprintf(change, sizeof change,
        "for half in */*/*.c; do "
        "cp \"$OLDPWD/grader/tests/constants/%s.c\" $half || exit; done",
        constant);
    snprintf(arguments, sizeof arguments, "-p %s --no-timeline", platform);
    json_t *result = grade(make_tree(change), arguments, 1);
    json_array_foreach(json_object_get(result, "labs"), i, lab)
    {
        json_array_foreach(json_object_get(lab, "items"), k, one)
        {
            ck_assert_msg(
                strcmp(word(one, "mark"), "lost") == 0 ||
                    is_deserved(constant, word(lab, "lab"), word(one, "item")),
                "%s: %s of %s is %s", constant, word(one, "item"),
                word(lab, "lab"), word(one, "mark"));
        }
    }
    json_decref(result);
}

START_TEST(a_constant_wins_nothing)
{
    check_constant(constants[_i], "posix");
}
END_TEST

START_TEST(a_constant_wins_nothing_on_win32)
{
    if (!skip_win32(1))
        check_constant(constants[_i], "win32");
}
END_TEST

/* Items that go wrong in other ways than by a verdict: the student's program
 * ends with OURS, what is in the reference's place does not. */
enum {
    OURS = 7
};

static int *runs; /* of the item */

static int
is_theirs(void)
{
    struct half_view *half =
        pair_start(STUDENT, "act", "shell", "exit 7", NULL);

    ++*runs;
    pair_wait(half, UNTIL_ENDED, 0);
    return half_state(half)->status == OURS << 8;
}

START_TEST(item_that_is_won)
{
    is_theirs();
}
END_TEST

START_TEST(item_that_breaks_with_theirs)
{
    if (is_theirs())
        abort();
}
END_TEST

START_TEST(item_that_has_trouble_with_theirs)
{
    if (is_theirs())
        pair_trouble("a strange thing");
}
END_TEST

START_TEST(item_that_is_refused_with_theirs)
{
    if (is_theirs())
        pair_skip("refused");
}
END_TEST

START_TEST(item_that_always_breaks)
{
    is_theirs();
    abort();
}
END_TEST

START_TEST(item_that_breaks_before)
{
    ++*runs;
    pair_wait(pair_start(REFERENCE, "wait", NULL), UNTIL_ENDED, 0);
    abort();
}
END_TEST

START_TEST(item_that_breaks_once)
{
    if (is_theirs() && *runs == 1)
        abort();
}
END_TEST

START_TEST(item_that_is_lost)
{
    expect_exit(pair_start(STUDENT, "act", "shell", "exit 7", NULL), 0);
}
END_TEST

/* The sandbox of this item, whose runner is our parent: bwrap, or the warden
 * in it. */
static pid_t
find_sandbox(int is_warden)
{
    char text[64] = "";
    pid_t pid = getppid();

    for (int i = 0; i <= 1 + is_warden; i++) { /* the leash comes first */
        pid_t other = 0;
        ssize_t n = proc_read(
            text, sizeof text, "%d/task/%d/children", (int)pid, (int)pid);
        ck_assert_int_gt(n, 0);
        char *end;
        for (char *at = text; *at != '\0'; at = end) {
            other = (pid_t)strtol(at, &end, 10);
            if (end == at || other != getpid())
                break;
        }
        pid = other;
    }
    return pid;
}

START_TEST(item_whose_sandbox_is_ended)
{
    if (!is_theirs())
        return;
    pid_t warden = find_sandbox(1);
    kill(find_sandbox(0), SIGKILL);
    /* It ends a moment after bwrap, and would answer until then. */
    while (kill(warden, 0) == 0)
        sched_yield();
    is_theirs();
}
END_TEST

/* As something may that keeps the warden in a system call. */
START_TEST(item_whose_warden_stops)
{
    if (!is_theirs())
        return;
    kill(find_sandbox(1), SIGSTOP);
    is_theirs();
}
END_TEST

static const struct {
    const TTest **test;
    enum mark mark;
    unsigned int before; /* items decided before */
    unsigned int after;
    int runs;
    const char *got; /* in the verdict, or why there is no mark */
} troubles[] = {
    {&item_that_is_won, MARK_WON, 0, 0, 1, ""},
    {&item_that_breaks_with_theirs, MARK_LOST, 0, 1, 3, "signal"},
    {&item_that_has_trouble_with_theirs, MARK_LOST, 1, 2, 3, "strange"},
    {&item_that_has_trouble_with_theirs, MARK_LOST, 2, 3, 1, "strange"},
    {&item_that_is_refused_with_theirs, MARK_LOST, 0, 1, 3, "refused"},
    {&item_that_always_breaks, MARK_TROUBLE, 0, 0, 3, "signal"},
    {&item_that_breaks_before, MARK_TROUBLE, 0, 0, 1, "signal"},
    {&item_that_breaks_once, MARK_WON, 0, 0, 2, ""},
    {&item_whose_sandbox_is_ended, MARK_TROUBLE, 0, 0, 1, "from outside"},
    {&item_whose_warden_stops, MARK_LOST, 2, 3, 1, "does not answer"},
};

static struct sandbox_file files[3];
static struct item item = {1, "act", 1, "does something", NULL};

static struct trial
enter(void)
{
    static const char *const paths[] = {
        "student/act", "reference/act", "reference/wait"};
    static const char *const images[] = {"act", "wait", "wait"};
    char warden[4400];

    for (size_t i = 0; i < 3; i++) {
        files[i].image = image_load(fixture(images[i]));
        files[i].mode = 0555;
        snprintf(files[i].path, sizeof files[i].path, "%s", paths[i]);
        ck_assert_int_ne(files[i].image, -1);
    }
    runs = jobs_share(sizeof *runs);
    snprintf(warden, sizeof warden, "%s/warden", build_folder());
    struct trial trial = {.item = &item,
        .target = &target_posix,
        .files = files,
        .nfiles = 3,
        .warden = image_load(warden),
        .seed = 1,
        .marked = jobs_share(sizeof *trial.marked),
        .proved = jobs_share(sizeof *trial.proved)};
    ck_assert_int_eq(privilege_drop(), 0);
    ck_assert_int_eq(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    return trial;
}

START_TEST(the_reference_decides_about_trouble)
{
    struct trial trial = enter();
    const struct verdict *verdict = &trial.marked->verdict;

    item.test = troubles[_i].test;
    *trial.proved = troubles[_i].before;
    rubric_run(&trial);
    rubric_end();
    int is_lost = trial.marked->mark == MARK_LOST;
    ck_assert_int_eq(trial.marked->mark, troubles[_i].mark);
    ck_assert_uint_eq(*trial.proved, troubles[_i].after);
    ck_assert_int_eq(*runs, troubles[_i].runs);
    ck_assert(strstr(is_lost ? verdict->got : verdict->why, troubles[_i].got));
    if (is_lost)
        ck_assert(strstr(verdict->why, "the reference in its place"));
}
END_TEST

/* A sandbox that others had is not trusted: the item runs in one of its own. */
START_TEST(what_others_have_left_decides_nothing)
{
    struct trial trial = enter();

    *trial.proved = 2;
    item.test = &item_that_is_won;
    rubric_run(&trial);
    item.test = &item_that_breaks_once;
    *runs = 0;
    memset(trial.marked, 0, sizeof *trial.marked);
    rubric_run(&trial);
    ck_assert_int_eq(trial.marked->mark, MARK_WON);
    ck_assert_int_eq(*runs, 2);
    rubric_end();
}
END_TEST

/* A loss that was told, and a refusal that the probe has met, too. */
START_TEST(what_is_known_needs_no_control)
{
    struct trial trial = enter();

    item.test = &item_that_is_lost;
    rubric_run(&trial);
    ck_assert_int_eq(trial.marked->mark, MARK_LOST);
    item.test = &item_that_is_refused_with_theirs;
    trial.is_unwatchable = 1;
    memset(trial.marked, 0, sizeof *trial.marked);
    rubric_run(&trial);
    ck_assert_int_eq(trial.marked->mark, MARK_SKIPPED);
    ck_assert_int_eq(*runs, 1);
    ck_assert_uint_eq(*trial.proved, 0);
    rubric_end();
}
END_TEST

START_TEST(the_probe_tells_whether_calls_can_be_watched)
{
    struct trial trial = enter();

    ck_assert_int_eq(probe_calls(trial.warden), 1);
    ck_assert_int_eq(probe_calls(files[0].image), -1);
}
END_TEST

static void
run_control(size_t job, void *context)
{
    const struct trial *trial = (const struct trial *)context + job;

    trial->marked->mark = rubric_control(trial);
}

/* A control that the reference does not win would decide nothing. */
START_TEST(the_reference_wins_every_control)
{
    static struct plan plan = {.tree = "labs"};
    static struct trial trials[512];
    size_t n = 0;

    if (target_table[_i]->has_wine && skip_win32(1))
        return;
    for (size_t i = 0; lab_table[i] != NULL; i++)
        if (lab_table[i]->target == target_table[_i])
            plan.lab[plan.nlabs++].lab = lab_table[i];
    ck_assert_int_eq(plan_load(&plan, ".", build_folder()), 0);
    ck_assert_int_eq(privilege_drop(), 0);
    for (size_t i = 0; i < plan.nlabs; i++)
        for (size_t k = 0; k < plan.lab[i].lab->nitems; k++)
            trials[n++] = plan_trial(&plan, &plan.lab[i], k);
    ck_assert_int_eq(jobs_run(n, 4, run_control, trials), 0);
    for (size_t i = 0; i < n; i++)
        ck_assert_msg(trials[i].marked->mark == MARK_WON, "%s %s: %d %s %s",
            trials[i].item->half, trials[i].item->title, trials[i].marked->mark,
            trials[i].marked->verdict.expected, trials[i].marked->verdict.why);
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
    tcase = tcase_create("constants");
    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_unchecked_fixture(tcase, scratch_enter, scratch_leave);
    tcase_add_loop_test(tcase, a_constant_wins_nothing, 0,
        sizeof constants / sizeof constants[0]);
    tcase_add_loop_test(tcase, a_constant_wins_nothing_on_win32, 0,
        sizeof constants / sizeof constants[0]);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("trouble");
    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_loop_test(tcase, the_reference_decides_about_trouble, 0,
        sizeof troubles / sizeof troubles[0]);
    tcase_add_test(tcase, what_others_have_left_decides_nothing);
    tcase_add_test(tcase, what_is_known_needs_no_control);
    tcase_add_test(tcase, the_probe_tells_whether_calls_can_be_watched);
    tcase_add_loop_test(tcase, the_reference_wins_every_control, 0, 2);
    suite_add_tcase(suite, tcase);
    return suite;
}
