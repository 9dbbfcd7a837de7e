/*
 * test_win32.c - Windows programs in a sandbox, run by Wine
 *
 * Skipped, and counted, where Wine is not installed or the kit was built
 * without it (skip.h).
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "jobs.h"
#include "room.h"
#include "rubric.h"
#include "skip.h"
#include "suites.h"

static struct half_view *
start(const char *way)
{
    return pair_start(STUDENT, "ways", way, NULL);
}

/* What is said about who waits: by the call that has not returned. */
static const struct {
    const char *way;
    const char *cause; /* a piece of it */
} waits[] = {
    {"input", "ways waits in ReadFile() (ways.c line 20) for something to read "
              "from standard input, which has not ended"},
    {"client", "in ConnectNamedPipe() (ways.c line 31) for a client of pipe "
               "\\\\.\\pipe\\ways"},
    {"semaphore", "in WaitForSingleObject() (ways.c line 38) for semaphore "
                  "Local\\ways"},
    {"letter", "in ReadFile() (ways.c line"},
    {"sleep-for-ever", "in Sleep() (ways.c line"},
};

START_TEST(a_wait_for_good_is_proved_and_named)
{
    struct half_view *half = start(waits[_i].way);
    const struct reply *reply = pair_wait(half, UNTIL_ENDED, 0);

    ck_assert_uint_eq(reply->outcome, OUTCOME_STUCK);
    ck_assert_msg(
        strstr(reply->cause, waits[_i].cause) != NULL, "%s", reply->cause);
}
END_TEST

static const char *const rests[] = {
    "semaphore-a-while", "letter-a-while", "sleep"};

/* It is no hang, for it will end some day. */
START_TEST(a_wait_with_a_timeout_is_rest_for_now)
{
    struct half_view *half = start(rests[_i]);

    ck_assert_uint_eq(
        pair_wait(half, UNTIL_RESTING, 0)->outcome, OUTCOME_HOLDS);
    ck_assert(!half_state(half)->has_ended);
}
END_TEST

START_TEST(who_spins_or_polls_is_told_from_who_waits)
{
    ck_assert_uint_eq(
        pair_wait(start("spin"), UNTIL_SETTLED, 0)->outcome, OUTCOME_SPINS);
    half_kill(pair_half(0));
    uint32_t outcome = pair_wait(start("poll"), UNTIL_SETTLED, 0)->outcome;
    ck_assert(outcome == OUTCOME_POLLS || outcome == OUTCOME_SPINS);
}
END_TEST

START_TEST(a_crash_is_told_with_its_line)
{
    struct half_view *half = start("crash");

    pair_wait(half, UNTIL_ENDED, 0);
    ck_assert(WIFEXITED(half_state(half)->status));
    ck_assert_int_eq(WEXITSTATUS(half_state(half)->status), 5);
    ck_assert_str_eq(half_state(half)->crash,
        "page fault on write access to 0000000000000000 (ways.c line 103)");
}
END_TEST

START_TEST(streams_are_the_programs_own)
{
    struct half_view *half = start("print");
    size_t size;

    pair_wait(half, UNTIL_ENDED, 0);
    ck_assert_int_eq(WEXITSTATUS(half_state(half)->status), 7);
    ck_assert_str_eq(half_output(half, 1, &size), "one\n");
    ck_assert_str_eq(half_output(half, 2, &size), "two");
    half = start("fail");
    pair_wait(half, UNTIL_ENDED, 0);
    ck_assert_int_eq(WEXITSTATUS(half_state(half)->status), 1);
    ck_assert_str_eq(
        half_output(half, 2, &size), "ways: open nothing: File not found\n");
}
END_TEST

/* It lies behind the loader, not anywhere: Wine needs places there. */
START_TEST(the_heap_is_where_it_always_is)
{
    size_t size;

    for (int i = 0; i < 5; i++) {
        struct half_view *half = start("break");
        pair_wait(half, UNTIL_ENDED, 0);
        unsigned long address = strtoul(half_output(half, 1, &size), NULL, 16);
        ck_assert_uint_gt(address, 0x7d000000);
        ck_assert_uint_lt(address, 0x7ffe0000);
    }
}
END_TEST

/* Else a thread that ends while the process does may leave a lock behind, for
 * which the process waits: see aside.c. */
START_TEST(a_thread_has_nothing_to_load_when_it_ends)
{
    struct half_view *half = start("unwinder");
    size_t size;

    pair_wait(half, UNTIL_ENDED, 0);
    ck_assert_str_eq(half_output(half, 1, &size), "loaded\n");
}
END_TEST

START_TEST(calls_are_logged)
{
    const struct relay_call *calls;
    struct half_view *half = start("client");
    int seen = 0;

    pair_wait(half, UNTIL_SETTLED, 0);
    size_t n = half_relay(half, &calls);
    for (size_t i = 0; i < n; i++) {
        if (strncmp(calls[i].what, "CreateNamedPipe(", 16) == 0)
            seen |= calls[i].has_returned ? 1 : 0;
        if (strncmp(calls[i].what, "ConnectNamedPipe(", 17) == 0)
            seen |= calls[i].has_returned ? 0 : 2;
    }
    ck_assert_int_eq(seen, 3);
}
END_TEST

/* A name lives as long as its owner; an item finds nothing of the last. */
START_TEST(what_a_half_has_left_is_gone_with_it)
{
    for (int i = 0; i < 3; i++) {
        struct half_view *half = start("client");
        ck_assert_uint_eq(
            pair_wait(half, UNTIL_LINES, 1)->outcome, OUTCOME_HOLDS);
        ck_assert_int_eq(pair_recycle(&room, ""), 0);
        pair_again(0);
    }
}
END_TEST

/* Of the items below: how often they were run. */
static int *runs;

START_TEST(item_that_works)
{
    ck_assert_uint_eq(
        pair_wait(start("print"), UNTIL_ENDED, 0)->outcome, OUTCOME_HOLDS);
}
END_TEST

/* The first time it ends Wine's server, as something that an earlier item has
 * left in the server may. */
START_TEST(item_whose_server_ends_once)
{
    if ((*runs)++ == 0)
        pair_wait(start("end-all"), UNTIL_ENDED, 0);
    pair_wait(start("print"), UNTIL_ENDED, 0);
}
END_TEST

START_TEST(item_whose_server_ends)
{
    ++*runs;
    pair_wait(start("end-all"), UNTIL_ENDED, 0);
    pair_wait(start("print"), UNTIL_ENDED, 0);
}
END_TEST

static enum mark
mark_of(struct trial *trial, const TTest **test)
{
    struct item item = {1, "ways", 1, "item", test};

    trial->item = &item;
    memset(trial->marked, 0, sizeof *trial->marked);
    rubric_run(trial);
    return trial->marked->mark;
}

START_TEST(a_server_that_ends_counts_if_it_ends_again)
{
    struct sandbox_file files[3];
    char template[512];
    unsigned int *proved = jobs_share(sizeof *proved);
    struct trial trial = {.target = &target_win32,
        .wine = template,
        .files = files,
        .nfiles = 3,
        .seed = 1,
        .proved = proved,
        .marked = jobs_share(sizeof *trial.marked)};

    runs = jobs_share(sizeof *runs);
    trial.warden = room_wine(files, template, sizeof template);
    ck_assert_int_eq(mark_of(&trial, &item_whose_server_ends_once), MARK_WON);
    ck_assert_int_eq(*runs, 2);
    *runs = 0;
    ck_assert_int_eq(mark_of(&trial, &item_that_works), MARK_WON);
    ck_assert_int_eq(mark_of(&trial, &item_whose_server_ends_once), MARK_WON);
    ck_assert_int_eq(*runs, 2);
    /* It ends with the reference, too: there is none here. */
    *runs = 0;
    ck_assert_int_eq(mark_of(&trial, &item_whose_server_ends), MARK_TROUBLE);
    ck_assert_int_eq(*runs, 3);
    *runs = 0;
    *proved = 2;
    ck_assert_int_eq(mark_of(&trial, &item_whose_server_ends), MARK_LOST);
    ck_assert_int_eq(*runs, 1);
    rubric_end();
}
END_TEST

/* Wine writes through links, when its server ends. Root's template is not in the
 * home, which may be new. */
START_TEST(no_run_by_hand_changes_what_the_grader_works_with)
{
    static const char script[] =
        "template=$(sh grader/wine/template.sh) || exit 1; "
        "if [ $(id -u) -eq 0 ]; then HOME=$(realpath -m %s/home); rm -rf "
        "$HOME; fi; "
        "labs/wine %s/grader/wine/booted.exe || exit 1; "
        "own=${XDG_CACHE_HOME:-$HOME/.cache}/ipc-lab-kit/own-$(id -u)-"
        "${template##*/}; "
        "if [ $(id -u) -eq 0 ]; then WINEPREFIX=$own $template/server -k; fi; "
        "[ -e $own/system.reg ] && "
        "! find $own -lname \"$template/*\" | grep .";

    ck_assert_int_eq(run_shell(script, build_folder(), build_folder()), 0);
}
END_TEST

static void
add(Suite *suite, const char *name, const TTest *test, int n)
{
    TCase *tcase = tcase_create(name);

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_checked_fixture(tcase, room_enter_wine, room_leave);
    tcase_add_loop_test(tcase, test, 0, n);
    suite_add_tcase(suite, tcase);
}

Suite *
win32_suite(void)
{
    Suite *suite = suite_create("win32");

    if (skip_win32(11))
        return suite;
    add(suite, "hang", a_wait_for_good_is_proved_and_named,
        (int)(sizeof waits / sizeof waits[0]));
    add(suite, "rest", a_wait_with_a_timeout_is_rest_for_now,
        (int)(sizeof rests / sizeof rests[0]));
    add(suite, "busy", who_spins_or_polls_is_told_from_who_waits, 1);
    add(suite, "crash", a_crash_is_told_with_its_line, 1);
    add(suite, "streams", streams_are_the_programs_own, 1);
    add(suite, "heap", the_heap_is_where_it_always_is, 1);
    add(suite, "unwinder", a_thread_has_nothing_to_load_when_it_ends, 1);
    add(suite, "log", calls_are_logged, 1);
    add(suite, "again", what_a_half_has_left_is_gone_with_it, 1);
    TCase *tcase = tcase_create("items");
    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_test(tcase, a_server_that_ends_counts_if_it_ends_again);
    tcase_add_test(tcase, no_run_by_hand_changes_what_the_grader_works_with);
    suite_add_tcase(suite, tcase);
    return suite;
}
