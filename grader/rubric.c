/*
 * rubric.c - see rubric.h
 */
#include "rubric.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#include "pair.h"
#include "pattern.h"
#include "recording.h"
#include "text.h"

/* Longer than any limit of ours: Check must never decide. */
enum {
    CHECK_TIMEOUT = 600
};

/* Check's fixtures take no arguments. */
static struct trial *current;
static struct sandbox sandbox;
static int has_sandbox;
static int is_second_hand; /* another item had it before */
static int is_recorded;
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
 * half may have it, after everything in it was ended and removed. */
static int
is_reusable(const char *word)
{
    return has_sandbox && owner->files == current->files &&
           strcmp(owner->item->half, current->item->half) == 0 &&
           pair_recycle(sandbox.socket, word) == 0;
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
    pair_reset(-1, current->target, current->seed, &current->marked->verdict);
    snprintf(word, sizeof word, "%s", name());
    is_second_hand = is_reusable(word);
    if (!is_second_hand) {
        leave();
        sandbox_expect_keys(current->has_keys);
        has_sandbox = sandbox_enter(&sandbox, wanted, n, current->warden, word,
                          current->wine) == 0;
        owner = current;
    }
    nonce_slot(has_sandbox ? sandbox.number : -1, PLACES);
    is_recorded = has_sandbox && current->trace_seconds > 0 &&
                  recording_begin(sandbox.socket) == 0;
    pair_reset(has_sandbox ? sandbox.socket : -1, current->target,
        current->seed, &current->marked->verdict);
    pair_lack(&current->lacks);
}

/* In the item's own process: it must not outlive its runner. */
static void
tie_to_runner(void)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
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
    /* Whoever did not end well may have left a request half said. */
    if (marked->mark == MARK_TROUBLE || !is_in_step)
        leave();
}

/* Wine's server can fall over what an earlier item has left in it: a client
 * that was killed in WaitNamedPipe() with a limit (Wine 8.0: release_object()
 * of server/object.c aborts, soon after). That proves nothing about this item,
 * which then gets a sandbox that nobody had before. */
void
rubric_run(struct trial *trial)
{
    struct marked *marked = trial->marked;

    if (budget_is_spent(trial->budget)) {
        budget_tell(trial->budget, &marked->verdict);
        marked->mark = MARK_LOST;
        return;
    }
    run(trial);
    budget_spend(trial->budget, &marked->verdict);
    if (!is_second_hand || !marked->verdict.is_wine_gone ||
        marked->mark == MARK_WON)
        return;
    leave();
    memset(marked, 0, sizeof *marked);
    run(trial);
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
