/*
 * test_filter.c - what no half may call, and what it still may
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "room.h"
#include "suites.h"

/* The words of reach.c, and what must come of each. */
static const char *const answers[][2] = {
    {"prlimit", "EPERM"},
    {"setpriority", "EPERM"},
    {"setpriority-user", "EPERM"},
    {"ioprio_set", "EPERM"},
    {"ioprio_set-user", "EPERM"},
    {"sched_setscheduler", "EPERM"},
    {"sched_setparam", "EPERM"},
    {"sched_setaffinity", "EPERM"},
    {"move_pages", "EPERM"},
    {"ptrace", "EPERM"},
    {"process_vm_readv", "EPERM"},
    {"process_vm_writev", "EPERM"},
    {"pidfd_getfd", "EPERM"},
    {"kcmp", "EPERM"},
    {"seccomp", "EPERM"},
    {"prctl-seccomp", "EPERM"},
    {"prctl-dumpable", "EPERM"},
    {"io_uring_setup", "EPERM"},
    {"bpf", "EPERM"},
    {"perf_event_open", "EPERM"},
    {"userfaultfd", "EPERM"},
    {"add_key", "EPERM"},
    {"request_key", "EPERM"},
    {"keyctl", "EPERM"},
    {"mount", "EPERM"},
    {"fsopen", "EPERM"},
    {"open_tree", "EPERM"},
    {"umount", "EPERM"},
    {"chroot", "EPERM"},
    {"unshare", "EPERM"},
    {"unshare-files", "EPERM"},
    {"setns", "EPERM"},
    {"clone", "EPERM"},
    {"clone3", "ENOSYS"},
    {"lease", "EPERM"},
    {"syslog", "EPERM"},
    {"terminal", "EPERM"},
    {"packet", "EPERM"},
    {"key", "EPERM"},
    {"vsock", "EPERM"},
    {"alg", "EPERM"},
    {"uevent", "EPERM"},
    {"segment", "EINVAL"},
    {"memfd", "EPERM"},
    {"semaphores", "EINVAL"},
    {"pipe-large", "EPERM"},
    {"own-affinity", "ok"},
    {"own-limit", "ok"},
    {"own-priority", "ok"},
    {"other-priority", "ok"},
    {"yield", "ok"},
    {"thread", "ok"},
    {"spawn", "ok"},
    {"interfaces", "ok"},
    {"inet", "ok"},
    {"inet6", "ok"},
    {"pair", "ok"},
    {"epoll", "ok"},
    {"own-segment", "ok"},
    {"own-semaphores", "ok"},
    {"pipe-small", "ok"},
    {"name", "ok"},
};

static void
compare(const char *output)
{
    char line[64];

    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        int length = snprintf(
            line, sizeof line, "%s %s\n", answers[i][0], answers[i][1]);
        ck_assert_msg(strncmp(output, line, (size_t)length) == 0,
            "expected %sgot %.40s", line, output);
        output += length;
    }
    ck_assert_str_eq(output, "");
}

START_TEST(says_no_and_yes)
{
    compare(room_output(pair_start(STUDENT, "reach", NULL)));
}
END_TEST

/* Under the other filter, too, which stops calls at the warden. */
START_TEST(says_it_to_whom_is_watched)
{
    pair_direct(START_LOGGED, -1, NULL);
    compare(room_output(pair_start(STUDENT, "reach", NULL)));
}
END_TEST

/* Nobody sets the warden's limits: it could start nobody else then. */
static const char *const places[] = {
    "main", "constructor", "destructor", "thread", "child", "program"};

START_TEST(keeps_the_limits_of_the_warden)
{
    const char *const *place = &places[_i];

    ck_assert_str_eq(room_output(pair_start(STUDENT, "reach", *place, NULL)),
        "limit EPERM\n");
    for (int i = 0; i < 10; i++)
        ck_assert_str_eq(room_shell("echo works"), "works\n");
}
END_TEST

START_TEST(ends_whoever_calls_as_another_machine)
{
    struct half_view *half = pair_start(STUDENT, "reach", "int80", NULL);

    ck_assert_str_eq(room_output(half), "");
    ck_assert(WIFSIGNALED(half_state(half)->status));
    ck_assert_int_eq(WTERMSIG(half_state(half)->status), SIGSYS);
}
END_TEST

static void
add_tests(TCase *tcase)
{
    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_test(tcase, says_no_and_yes);
    tcase_add_test(tcase, says_it_to_whom_is_watched);
    tcase_add_test(tcase, ends_whoever_calls_as_another_machine);
}

Suite *
filter_suite(void)
{
    Suite *suite = suite_create("filter");
    TCase *tcase = tcase_create("in a sandbox");

    tcase_add_checked_fixture(tcase, room_enter, room_leave);
    add_tests(tcase);
    tcase_add_loop_test(tcase, keeps_the_limits_of_the_warden, 0,
        sizeof places / sizeof places[0]);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("without one");
    tcase_add_checked_fixture(tcase, room_enter_bare, room_leave);
    add_tests(tcase);
    suite_add_tcase(suite, tcase);
    return suite;
}
