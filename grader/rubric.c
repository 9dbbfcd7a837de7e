/*
 * rubric.c - see rubric.h
 */
#include "rubric.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "jobs.h"
#include "pair.h"
#include "pattern.h"
#include "recording.h"
#include "text.h"
#include "tie.h"

/* Longer than any limit of ours: Check must never decide. */
enum {
    CHECK_TIMEOUT = 600,
    PROVED = 2 /* items of a half, see rubric_run() */
};

/* Check's fixtures take no arguments. */
static struct trial *current;
static struct sandbox sandbox;
static int has_sandbox;
static int is_second_hand; /* another item had it before */
static int is_recorded;
static int is_from_outside;       /* what has ended the sandbox */
static const struct trial *owner; /* the sandbox was made for it */

/* "server" and "client" are a pair, "call_server" and "call_client" another. */
static int
are_of_one_pair(const char *one, const char *other)
{
    const char *end = strchr(one, '_');
    size_t length = end != NULL ? (size_t)(end - one) + 1 : 0;

    return strncmp(one, other, length) == 0 &&
           strchr(other + length, '_') == NULL;
}

/* A half could become the reference instead of doing its work: there is no
 * reference of what the item marks, and none at all for a pair. */
static int
is_wanted(const struct sandbox_file *file)
{
    const char *marked = current->item->half;
    const char *slash = strrchr(file->path, '/');
    char program[64];
    if (slash == NULL)
        return 1; /* no program */
    snprintf(program, sizeof program, "%s", slash + 1);
    program[strcspn(program, ".")] = '\0';
    int is_reference = strncmp(file->path, "reference/", 10) == 0;
    if (strncmp(file->path, "tools/", 6) == 0)
        return 1;

    if (strcmp(marked, "pair") == 0)
        return !is_reference;
    return are_of_one_pair(marked, program) &&
           !(is_reference && strcmp(marked, program) == 0);
}

/* A sandbox costs more than most items do. The next item that marks the same
 * half may have it, after everything in it was ended and removed. From Wine's
 * server nobody can remove what a half has left: its registry, atoms, objects
 * that were made to stay. */
static int
is_reusable(const char *word)
{
    return has_sandbox && current->wine == NULL &&
           owner->files == current->files &&
           strcmp(owner->item->half, current->item->half) == 0 &&
           pair_recycle(&sandbox, word) == 0;
}

static void
leave(void)
{
    if (has_sandbox)
        sandbox_leave(&sandbox);
    has_sandbox = 0;
}

static void
enter(void)
{
    struct sandbox_file wanted[SANDBOX_FILES];
    size_t n = 0;
    char word[24];

    for (size_t i = 0; i < current->nfiles; i++)
        if (is_wanted(&current->files[i]))
            wanted[n++] = current->files[i];

    /* pair.h: the word that name() returns, which all names contain. */
    pair_reset(NULL, current->target, current->seed, &current->marked->verdict);
    snprintf(word, sizeof word, "%s", name());
    is_second_hand = is_reusable(word);
    if (!is_second_hand) {
        leave();
        sandbox_expect_turn(current->turn);
        has_sandbox = sandbox_enter(&sandbox, wanted, n, current->warden, word,
                          current->wine) == 0;
        owner = current;
    }
    is_recorded = has_sandbox && current->trace_seconds > 0 &&
                  recording_begin(sandbox.socket) == 0;
    pair_reset(has_sandbox ? &sandbox : NULL, current->target, current->seed,
        &current->marked->verdict);
    current->marked->verdict.is_theirs = is_second_hand;
    pair_lack(&current->lacks);
}

/* In the item's own process: it must not outlive its runner. */
static pid_t runner_pid;

static void
tie_to_runner(void)
{
    tie(runner_pid, SIGKILL);
}

/* Check takes orders from the environment: they are not meant for us. */
static void
forget_orders(void)
{
    static const char *const orders[] = {"CK_RUN_SUITE", "CK_RUN_CASE",
        "CK_INCLUDE_TAGS", "CK_EXCLUDE_TAGS", "CK_LOG_FILE_NAME",
        "CK_XML_LOG_FILE_NAME", "CK_TAP_LOG_FILE_NAME",
        "CK_TIMEOUT_MULTIPLIER"};

    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++)
        unsetenv(orders[i]);
}

static void
run(struct trial *trial)
{
    struct marked *marked = trial->marked;
    Suite *suite = suite_create("rubric");
    TCase *tcase = tcase_create(trial->item->title);
    SRunner *runner;
    TestResult **results;

    current = trial;
    runner_pid = getpid();
    forget_orders();
    tcase_add_unchecked_fixture(tcase, enter, NULL);
    tcase_add_checked_fixture(tcase, tie_to_runner, NULL);
    tcase_set_timeout(
        tcase, trial->trace_seconds > 0 ? trial->trace_seconds : CHECK_TIMEOUT);
    tcase_add_test(tcase, *trial->item->test);
    suite_add_tcase(suite, tcase);
    runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_FORK);
    srunner_run_all(runner, CK_SILENT);
    results = srunner_results(runner);
    marked->mark = MARK_TROUBLE;
    if (marked->verdict.is_skipped)
        marked->mark = MARK_SKIPPED;
    else if (marked->verdict.is_ungradable)
        marked->mark = MARK_UNBUILT;
    else if (srunner_ntests_run(runner) == 1 && tr_rtype(results[0]) == CK_PASS)
        marked->mark = MARK_WON;
    /* A test that fails without a verdict has failed in the grader itself. */
    else if (srunner_ntests_run(runner) == 1 &&
             tr_rtype(results[0]) == CK_FAILURE &&
             marked->verdict.expected[0] != '\0')
        marked->mark = MARK_LOST;
    else if (marked->verdict.why[0] == '\0')
        snprintf(marked->verdict.why, sizeof marked->verdict.why, "%s",
            tr_msg(results[0]));
    int is_in_step = 1; /* with the warden */
    int has_wine = trial->target->has_wine;
    if (is_recorded || (has_wine && trial->has_timeline && has_sandbox &&
                           marked->mark == MARK_LOST))
        is_in_step = recording_take(sandbox.socket, &marked->timeline, has_wine,
                         marked->verdict.outcome == OUTCOME_STUCK) == 0;
    free(results);
    srunner_free(runner);
    is_from_outside = has_sandbox && sandbox_was_killed(&sandbox);
    if (is_from_outside && marked->mark != MARK_WON) {
        marked->mark = MARK_TROUBLE;
        snprintf(marked->verdict.why, sizeof marked->verdict.why,
            "bubblewrap was ended from outside the sandbox");
    }
    /* Whoever did not end well may have left a request half said. */
    if (marked->mark == MARK_TROUBLE || !is_in_step)
        leave();
}

/* Has the item ended in a way that neither the student nor the grader can be
 * blamed for without a closer look? A lost one, too, if Wine's server, which
 * all its programs need, has ended. */
static int
is_disturbed(const struct trial *trial)
{
    const struct marked *marked = trial->marked;

    return marked->mark == MARK_TROUBLE ||
           (marked->mark == MARK_SKIPPED && !trial->is_unwatchable) ||
           (marked->mark == MARK_LOST && marked->verdict.is_wine_gone);
}

static void
run_afresh(struct trial *trial)
{
    leave();
    memset(trial->marked, 0, sizeof *trial->marked);
    run(trial);
    budget_spend(trial->budget, trial->part, &trial->marked->verdict);
}

/* The student is to blame: tells it, unless the item has told of a mistake. */
static void
blame(struct marked *marked)
{
    struct verdict *verdict = &marked->verdict;
    char seen[sizeof verdict->got];

    if (marked->mark == MARK_LOST)
        return;
    snprintf(seen, sizeof seen, "%.399s", verdict->why);
    marked->mark = MARK_LOST;
    verdict->is_skipped = 0;
    snprintf(verdict->expected, sizeof verdict->expected,
        "your program lets the grader, and the sandbox around it, do their "
        "work");
    snprintf(verdict->got, sizeof verdict->got, "%s", seen);
    snprintf(verdict->why, sizeof verdict->why,
        "this happens when your program runs, and does not happen with the "
        "reference in its place: it does something to the grader's own "
        "programs, or to what they work with");
}

/* What goes wrong after a program of the student's was started may be its
 * doing, or what an earlier item has left behind: Wine 8.0's server falls over
 * a client that was killed in WaitNamedPipe() (release_object() of
 * server/object.c). So the item gets a sandbox that nobody had before; and if
 * that ends in the same way, the reference in the student's place decides
 * whether the machine and the grader are whole. Where that was proved twice for
 * a half it is known. */
void
rubric_run(struct trial *trial)
{
    struct marked *marked = trial->marked;
    int is_known = trial->proved != NULL && *trial->proved >= PROVED;

    if (budget_is_spent(trial->budget, trial->part)) {
        budget_tell(trial->budget, &marked->verdict);
        marked->mark = MARK_LOST;
        return;
    }
    run(trial);
    budget_spend(trial->budget, trial->part, &marked->verdict);
    if (trial->trace_seconds > 0 || is_from_outside || !is_disturbed(trial))
        return;
    if (is_second_hand || (marked->verdict.is_theirs && !is_known))
        run_afresh(trial);
    if (is_from_outside || !is_disturbed(trial))
        return;
    if (marked->verdict.is_theirs &&
        (is_known || rubric_control(trial) == MARK_WON)) {
        if (trial->proved != NULL)
            ++*trial->proved;
        blame(marked);
    } else {
        marked->mark = MARK_TROUBLE;
    }
}

/* In the places of the student's programs are the references. */
static size_t
replace(struct sandbox_file files[], const struct trial *trial)
{
    for (size_t i = 0; i < trial->nfiles; i++) {
        const char *slash = strchr(trial->files[i].path, '/');
        char reference[64];
        files[i] = trial->files[i];
        if (slash == NULL || (strncmp(files[i].path, "student/", 8) != 0 &&
                                 strncmp(files[i].path, "checked/", 8) != 0))
            continue;
        snprintf(reference, sizeof reference, "reference%s", slash);
        for (size_t k = 0; k < trial->nfiles; k++)
            if (strcmp(trial->files[k].path, reference) == 0)
                files[i].image = trial->files[k].image;
    }
    return trial->nfiles;
}

enum mark
rubric_control(const struct trial *trial)
{
    static struct sandbox_file files[SANDBOX_FILES];
    static struct marked *marked;
    struct trial control = *trial;

    if (marked == NULL)
        marked = jobs_share(sizeof *marked);
    if (marked == NULL)
        return MARK_TROUBLE;
    memset(marked, 0, sizeof *marked);
    control.nfiles = replace(files, trial);
    control.files = files;
    control.lacks = (struct lacks){NULL, 0};
    control.marked = marked;
    control.has_timeline = 0;
    leave();
    run(&control);
    leave();
    return marked->mark;
}

void
rubric_end(void)
{
    leave();
}

uint64_t
rubric_seed(uint64_t seed, const char *lab, const struct item *item)
{
    char slug[128];
    uint64_t state = seed;

    rubric_slug(slug, sizeof slug, item);
    for (const char *c = slug; *c != '\0'; c++)
        state = pattern_random(&state) ^ (unsigned char)*c;
    for (const char *c = lab; *c != '\0'; c++)
        state = pattern_random(&state) ^ (unsigned char)*c;
    return pattern_random(&state);
}

void
rubric_slug(char *slug, size_t size, const struct item *item)
{
    char whole[200];

    snprintf(whole, sizeof whole, "%s %s", item->half, item->title);
    text_slug(slug, size, whole);
}
