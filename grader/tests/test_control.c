/*
 * test_control.c - calls that are noted, held, failed, interrupted, the last
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "room.h"
#include "suites.h"

/* Starts a shell script whose calls obey the rule. */
static struct half_view *
start_ruled(const struct rule *rule, const char *script)
{
    pair_direct(START_LOGGED, -1, rule);
    struct half_view *half = pair_start(STUDENT, "act", "shell", script, NULL);
    pair_direct(0, 0, NULL);
    return half;
}

static void
end(struct half_view *half)
{
    pair_wait(half, UNTIL_ENDED, 0);
}

/* How often the half has made the call. */
static int
count_calls(struct half_view *half, const char *what)
{
    const struct call_entry *calls;
    size_t n = half_calls(half, &calls);
    int found = 0;

    for (size_t i = 0; i < n; i++)
        found += strcmp(calls[i].what, what) == 0;
    return found;
}

static const struct call_entry *
find_call(struct half_view *half, const char *what)
{
    const struct call_entry *calls;
    size_t n = half_calls(half, &calls);

    for (size_t i = 0; i < n; i++)
        if (strcmp(calls[i].what, what) == 0)
            return &calls[i];
    ck_abort_msg("no call %s", what);
}

START_TEST(notes_what_is_done_to_objects)
{
    struct half_view *half = start_ruled(NULL,
        "mkfifo pipe; exec 3<>pipe; echo hi >&3; read x <&3; echo $x; : >file");
    end(half);
    ck_assert_str_eq(room_output(half), "hi\n");
    ck_assert_int_eq(count_calls(half, "child: mkfifo(\"pipe\")"), 1);
    ck_assert_int_eq(count_calls(half, "open(\"pipe\", O_RDWR)"), 1);
    ck_assert_int_eq(count_calls(half, "write(\"pipe\")"), 1);
    ck_assert_int_ge(count_calls(half, "read(\"pipe\")"), 1);
    ck_assert_int_eq(count_calls(half, "write(standard output)"), 1);
    ck_assert_uint_eq(find_call(half, "open(\"pipe\", O_RDWR)")->error, EMFILE);
    ck_assert_uint_eq(find_call(half, "read(\"pipe\")")->flags, CALL_BLOCKS);
    ck_assert_uint_eq(
        find_call(half, "open(\"file\", O_WRONLY)")->flags, CALL_NAMES);
    ck_assert_uint_eq(find_call(half, "write(standard output)")->flags,
        CALL_BLOCKS | CALL_STREAM);
    ck_assert_uint_eq(find_call(half, "child: mkfifo(\"pipe\")")->flags,
        CALL_NAMES | CALL_CHILD);
}
END_TEST

START_TEST(notes_nothing_of_the_loader)
{
    const struct call_entry *calls;
    struct half_view *half = start_ruled(NULL, "exit 0");

    end(half);
    size_t n = half_calls(half, &calls);
    ck_assert_uint_gt(n, 0);
    for (size_t i = 0; i < n; i++) {
        ck_assert(strstr(calls[i].what, "lib") == NULL);
        ck_assert(strstr(calls[i].what, "/etc") == NULL);
    }
}
END_TEST

START_TEST(notes_the_calls_of_semaphores)
{
    pair_direct(START_LOGGED, -1, NULL);
    struct half_view *half = pair_start(STUDENT, "wait", "semop", NULL);
    pair_wait(half, UNTIL_SETTLED, 0);
    ck_assert_int_eq(count_calls(half, "semget(IPC_CREAT)"), 1);
    ck_assert_int_eq(count_calls(half, "semop(2 up)"), 1);
    ck_assert_int_eq(find_call(half, "semop(2 up)")->flags & CALL_BLOCKS, 0);
}
END_TEST

/* Whoever is held comes last, whatever he was about to do. */
START_TEST(holds_until_the_others_have_ended)
{
    const struct rule rule = {
        .verb = RULE_HOLD, .nth = 1, .call = "open(\"mark\""};
    struct half_view *held = start_ruled(&rule, "read x; : >mark; echo done");
    half_send(held, "go\n");
    struct half_view *other = pair_start(
        STUDENT, "act", "shell", "sleep 0.2; test -e mark; echo $?", NULL);

    end(other);
    ck_assert_str_eq(room_output(other), "1\n");
    end(held);
    ck_assert_str_eq(room_output(held), "done\n");
    ck_assert_int_eq(half_was_ruled(held), 1);
}
END_TEST

START_TEST(holds_until_the_others_wait)
{
    const struct rule rule = {
        .verb = RULE_HOLD, .nth = 1, .call = "open(\"pipe\""};

    pair_make("pipe", S_IFIFO | 0600, NULL, 0);
    struct half_view *held = start_ruled(&rule, "echo late >pipe");
    struct half_view *other = pair_start(
        STUDENT, "act", "shell", "test -e mark; read x <pipe; echo $x", NULL);
    end(other);
    ck_assert_str_eq(room_output(other), "late\n");
    end(held);
}
END_TEST

/* All threads of a half that is held stand still. */
START_TEST(is_stuck_without_what_is_held)
{
    const struct rule rule = {
        .verb = RULE_HOLD, .nth = 1, .call = "open(\"pipe\""};

    pair_make("pipe", S_IFIFO | 0600, NULL, 0);
    struct half_view *held = start_ruled(&rule, "echo late >pipe");
    const struct reply *reply = pair_wait(held, UNTIL_ENDED, 0);
    ck_assert_uint_eq(reply->outcome, OUTCOME_STUCK);
    ck_assert(strstr(reply->cause, "pipe") != NULL);
    ck_assert_int_eq(half_was_ruled(held), 1);
}
END_TEST

START_TEST(fails_a_call)
{
    const struct rule rule = {.verb = RULE_FAIL,
        .nth = 2,
        .error = ENOSPC,
        .call = "open(\"mark\", O_WRONLY)"};
    struct half_view *half =
        start_ruled(&rule, ": >mark; echo $?; (: >mark) 2>&1; : >mark");
    end(half);
    /* The second one is of the same shell, the one between of its child. */
    ck_assert_int_eq(half_was_ruled(half), 1);
    size_t size;
    ck_assert(strstr(half_output(half, 2, &size), "No space left") != NULL);
}
END_TEST

START_TEST(interrupts_what_waits)
{
    const struct rule rule = {.verb = RULE_INTERRUPT};

    pair_make("pipe", S_IFIFO | 0600, NULL, 0);
    struct half_view *half = start_ruled(&rule, "exec cat <>pipe");
    pair_wait(half, UNTIL_SETTLED, 0);
    ck_assert_int_eq(pair_write("pipe", "one line\n", 9), 0);
    ck_assert_uint_eq(pair_wait(half, UNTIL_LINES, 1)->outcome, OUTCOME_HOLDS);
    ck_assert_int_ge(count_calls(half, "read(\"pipe\")"), 2);
}
END_TEST

START_TEST(ends_a_half_before_the_call)
{
    const struct rule rule = {
        .verb = RULE_KILL, .nth = 1, .call = "open(\"second\""};
    struct half_view *half =
        start_ruled(&rule, ": >first; : >second; : >third");

    end(half);
    ck_assert(WIFSIGNALED(half_state(half)->status));
    ck_assert_str_eq(room_shell("ls"), "first\n");
}
END_TEST

START_TEST(begins_again)
{
    struct half_view *half = start_ruled(NULL,
        ": >left; : >/tmp/left; : >/dev/shm/left; mkdir -m 0 deep; chmod 0 .; "
        "sleep 100 & sleep 100 & wait");

    pair_wait(half, UNTIL_RESTING, 0);
    pair_again(1);
    ck_assert(pair_half(0) == NULL);
    const char *seen = room_shell("ls -A . /tmp /dev/shm; : >new && echo made");
    ck_assert_str_eq(seen, ".:\n\n/dev/shm:\n\n/tmp:\nmade\n");
    pair_again(0);
    ck_assert_str_eq(room_shell("ls"), "new\n");
}
END_TEST

/* Its calls keep the warden busy: that is no reason to wait for ever. */
START_TEST(tells_who_asks_again_and_again)
{
    struct half_view *half =
        start_ruled(NULL, "while :; do cd ./nowhere; : <.; done 2>/dev/null");
    const struct reply *reply = pair_wait(half, UNTIL_ENDED, 0);

    ck_assert_uint_eq(reply->outcome, OUTCOME_SPINS);
    ck_assert_int_eq(reply->culprit, 0);
}
END_TEST

START_TEST(stays_quick_with_many_plays)
{
    for (int i = 0; i < 100; i++) {
        struct half_view *half = start_ruled(NULL, ": >file; exit 3");
        end(half);
        ck_assert_int_eq(WEXITSTATUS(half_state(half)->status), 3);
        pair_again(1);
    }
}
END_TEST

START_TEST(moves_few_bytes)
{
    pair_direct(START_SHORT, -1, NULL);
    struct half_view *half = pair_start(
        STUDENT, "act", "shell", "exec dd bs=100 count=1 status=none", NULL);
    half_send(half, "0123456789abcdefghij\n");
    end(half);
    ck_assert_str_eq(room_output(half), "0123456");
}
END_TEST

/* Where the kernel refuses, nobody loses anything and it is said. */
START_TEST(is_skipped_where_the_kernel_refuses)
{
    ck_assert_int_eq(
        run_shell("%s listener %s/grade -t solutions -l 01 --plain >%s",
            fixture("deny"), build_folder(), scratch("report")),
        0);
    ck_assert_int_eq(
        run_shell("grep -q '^  skip  pair .* -/3$' %s && grep -q "
                  "'points were skipped: this kernel' %s && "
                  "grep -q '^100/100$' %s",
            scratch("report"), scratch("report"), scratch("report")),
        0);
}
END_TEST

/* Nobody shows the warden a socket, as in Docker's default profile: what it
 * needs to know it learns in other ways, limits of time, too. */
static const char *const walls[] = {"", "--no-sandbox"};

START_TEST(needs_no_copy_of_a_socket)
{
    ck_assert_int_eq(
        run_shell(
            "mkdir -p %s/04-mailslot && cp -r solutions/04-mailslot/posix "
            "%s/04-mailslot && cp "
            "grader/tests/right/04-mailslot/receive-timeout/server.c "
            "%s/04-mailslot/posix && chmod -R a+rX %s",
            scratch("tree"), scratch("tree"), scratch("tree"), scratch("tree")),
        0);
    ck_assert_int_eq(run_shell("%s copy %s/grade -t %s -l 04 --plain %s >%s",
                         fixture("deny"), build_folder(), scratch("tree"),
                         walls[_i], scratch("report")),
        0);
    ck_assert_int_eq(run_shell("grep -q '^100/100$' %s && ! grep -i skip %s",
                         scratch("report"), scratch("report")),
        0);
}
END_TEST

static void
add_tests(TCase *tcase)
{
    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_test(tcase, notes_what_is_done_to_objects);
    tcase_add_test(tcase, notes_nothing_of_the_loader);
    tcase_add_test(tcase, holds_until_the_others_have_ended);
    tcase_add_test(tcase, holds_until_the_others_wait);
    tcase_add_test(tcase, is_stuck_without_what_is_held);
    tcase_add_test(tcase, fails_a_call);
    tcase_add_test(tcase, interrupts_what_waits);
    tcase_add_test(tcase, ends_a_half_before_the_call);
}

Suite *
control_suite(void)
{
    Suite *suite = suite_create("control");
    TCase *tcase = tcase_create("in a sandbox");

    tcase_add_checked_fixture(tcase, room_enter, room_leave);
    add_tests(tcase);
    tcase_add_test(tcase, notes_the_calls_of_semaphores);
    tcase_add_test(tcase, begins_again);
    tcase_add_test(tcase, tells_who_asks_again_and_again);
    tcase_add_test(tcase, stays_quick_with_many_plays);
    tcase_add_test(tcase, moves_few_bytes);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("without one");
    tcase_add_checked_fixture(tcase, room_enter_bare, room_leave);
    add_tests(tcase);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("refused");
    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_unchecked_fixture(tcase, scratch_enter, scratch_leave);
    tcase_add_test(tcase, is_skipped_where_the_kernel_refuses);
    tcase_add_loop_test(
        tcase, needs_no_copy_of_a_socket, 0, sizeof walls / sizeof walls[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
