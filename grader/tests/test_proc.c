/*
 * test_proc.c - /proc is read as proc(5) says
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hang.h"
#include "proc.h"
#include "room.h"
#include "suites.h"

static void
settle(void)
{
    static struct hang hang;

    while (hang_prove(&hang) != STILL_STUCK)
        sched_yield();
}

START_TEST(reads_a_file)
{
    char text[64];

    ck_assert_int_gt(proc_read(text, sizeof text, "%s/stat", "self"), 0);
    ck_assert_uint_lt(strlen(text), sizeof text);
    ck_assert_int_eq(proc_read(text, sizeof text, "no/such/file"), -1);
    ck_assert_int_eq(errno, ENOENT);
    /* A longer one is cut. */
    ck_assert_int_eq(proc_read(text, 8, "self/status"), 7);
    ck_assert_uint_eq(strlen(text), 7);
}
END_TEST

START_TEST(knows_a_process)
{
    struct proc_stat stat;
    pid_t pid = fixture_start("wait", "signal", NULL);

    settle();
    ck_assert_int_eq(proc_stat(pid, &stat), 0);
    ck_assert_int_eq(stat.pid, pid);
    ck_assert_int_eq(stat.parent, getpid());
    ck_assert_int_eq(stat.state, 'S');
    ck_assert_str_eq(stat.name, "wait");
    end_descendants();
    ck_assert_int_eq(proc_stat(pid, &stat), -1);
}
END_TEST

/* A name may hold what stands around it in /proc/PID/stat. */
static const char *const names[] = {
    "a) S 1 2 3", "((", "))", ") ", "a b", "x) Z 1 1", ""};

START_TEST(is_not_fooled_by_a_name)
{
    struct proc_stat stat;

    pid_t pid = fork();
    if (pid == 0) {
        signal(SIGALRM, SIG_DFL); /* Check's handler would look like ours */
        prctl(PR_SET_NAME, names[_i]);
        for (;;)
            pause();
    }
    settle();
    ck_assert_int_eq(proc_stat(pid, &stat), 0);
    ck_assert_str_eq(stat.name, names[_i]);
    ck_assert_int_eq(stat.parent, getpid());
    ck_assert_int_eq(stat.state, 'S');
    end_descendants();
}
END_TEST

START_TEST(finds_all_descendants)
{
    static struct proc_stat stats[PROC_LIMIT];

    ck_assert_uint_eq(proc_descendants(stats, PROC_LIMIT), 0);
    pid_t first = fixture_start("wait", "child", NULL);
    pid_t second = fixture_start("wait", "signal", NULL);
    settle();
    size_t n = proc_descendants(stats, PROC_LIMIT);
    ck_assert_uint_eq(n, 3);
    ck_assert_int_eq(stats[0].pid, first);
    ck_assert_int_eq(stats[1].pid, second);
    ck_assert_int_eq(stats[2].parent, first);
    ck_assert_uint_eq(proc_descendants(stats, 2), 2);
    /* A zombie is one, too. */
    kill(second, SIGKILL);
    siginfo_t info;
    waitid(P_PID, (id_t)second, &info, WEXITED | WNOWAIT);
    ck_assert_uint_eq(proc_descendants(stats, PROC_LIMIT), 3);
    ck_assert_int_eq(stats[1].state, 'Z');
    end_descendants();
}
END_TEST

static void *
fork_and_wait(void *unused)
{
    (void)unused;
    fork();
    while (pause() == -1)
        continue;
    return NULL;
}

/* The kernel lists them with the thread that has started them. */
START_TEST(finds_the_children_of_every_thread)
{
    static struct proc_stat stats[PROC_LIMIT];
    pthread_t thread;

    pid_t pid = fork();
    if (pid == 0) {
        signal(SIGALRM, SIG_DFL);
        if (pthread_create(&thread, NULL, &fork_and_wait, NULL) != 0)
            _exit(1);
        fork_and_wait(NULL);
    }
    while (proc_descendants(stats, PROC_LIMIT) < 3)
        sched_yield();
    settle();
    ck_assert_uint_eq(proc_descendants(stats, PROC_LIMIT), 3);
    ck_assert_int_eq(stats[0].pid, pid);
    ck_assert_int_eq(stats[0].threads, 2);
    ck_assert_int_eq(stats[1].parent, pid);
    ck_assert_int_eq(stats[2].parent, pid);
    end_descendants();
}
END_TEST

START_TEST(knows_threads_and_their_calls)
{
    pid_t threads[PROC_LIMIT];
    struct proc_call call;
    uint64_t switches = 0;
    char state = '?';
    pid_t pid = fixture_start("wait", "join", NULL);

    settle();
    ck_assert_uint_eq(proc_threads(pid, threads, PROC_LIMIT), 2);
    ck_assert_int_eq(proc_thread(pid, threads[0], &state, &switches), 0);
    ck_assert_int_eq(state, 'S');
    ck_assert_uint_gt(switches, 0);
    ck_assert_int_eq(proc_call(pid, threads[0], &call), 0);
    ck_assert_int_eq(call.number, SYS_futex);
    end_descendants();
    ck_assert_uint_eq(proc_threads(pid, threads, PROC_LIMIT), 0);
    ck_assert_int_eq(proc_thread(pid, pid, &state, &switches), -1);
    ck_assert_int_eq(proc_call(pid, pid, &call), -1);
}
END_TEST

START_TEST(reads_the_arguments_of_a_call)
{
    struct proc_call call;
    pid_t pid = fixture_start("wait", "read", NULL);

    settle();
    ck_assert_int_eq(proc_call(pid, pid, &call), 0);
    ck_assert_int_eq(call.number, SYS_read);
    ck_assert_uint_eq(call.argument[0], 3);
    ck_assert_uint_eq(call.argument[2], 8);
    end_descendants();
}
END_TEST

START_TEST(has_no_call_of_who_runs)
{
    struct proc_call call = {.number = 0};
    pid_t pid = fixture_start("wait", "spin", NULL);

    while (proc_call(pid, pid, &call) == 0 && call.number != -1)
        sched_yield();
    ck_assert_int_eq(call.number, -1);
    end_descendants();
}
END_TEST

START_TEST(knows_descriptors)
{
    int fds[PROC_LIMIT];
    char target[64];
    pid_t pid = fixture_start("wait", "read", NULL);

    settle();
    size_t n = proc_fds(pid, fds, PROC_LIMIT);
    ck_assert_uint_ge(n, 5);
    for (size_t i = 1; i < n; i++)
        ck_assert_int_lt(fds[i - 1], fds[i]);
    ck_assert_int_eq(proc_fd(pid, 3, target, sizeof target), 0);
    ck_assert(strncmp(target, "pipe:[", 6) == 0);
    ck_assert_int_eq(proc_fd_access(pid, 3), O_RDONLY);
    ck_assert_int_eq(proc_fd_access(pid, 4), O_WRONLY);
    ck_assert_int_eq(proc_fd_access(pid, 99), -1);
    ck_assert_int_eq(proc_fd(pid, 99, target, sizeof target), -1);
    end_descendants();
}
END_TEST

START_TEST(reads_memory)
{
    static const char text[] = "what stands here";
    char copy[sizeof text];

    ck_assert_int_eq(
        proc_memory(getpid(), (uint64_t)(uintptr_t)text, copy, sizeof copy),
        sizeof copy);
    ck_assert_str_eq(copy, text);
    ck_assert_int_eq(proc_memory(getpid(), 0, copy, sizeof copy), -1);
}
END_TEST

/* In a process of our own making, which has nothing else in its heap. */
START_TEST(finds_bytes_in_a_heap)
{
    pid_t pid = fixture_start("act", "buffer", "unusual words", NULL);

    settle();
    ck_assert(proc_heap_has(pid, "unusual words", 13));
    ck_assert(!proc_heap_has(pid, "usual wordsx", 12));
    ck_assert(!proc_heap_has(pid, "", 0));
    end_descendants();
    ck_assert(!proc_heap_has(pid, "unusual words", 13));
}
END_TEST

static const char *const timers[] = {"timerfd", "timer"};

START_TEST(sees_timers)
{
    struct proc_call call = {.number = -1};
    pid_t pid = fixture_start("wait", timers[_i], NULL);

    while (!proc_has_timer(pid))
        ck_assert_int_eq(proc_call(pid, pid, &call), 0);
    end_descendants();
}
END_TEST

START_TEST(sees_that_there_is_no_timer)
{
    pid_t pid = fixture_start("wait", "signal", NULL);

    settle();
    ck_assert(!proc_has_timer(pid));
    end_descendants();
}
END_TEST

Suite *
proc_suite(void)
{
    Suite *suite = suite_create("proc");
    TCase *tcase = tcase_create("proc");

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_test(tcase, reads_a_file);
    tcase_add_test(tcase, knows_a_process);
    tcase_add_loop_test(
        tcase, is_not_fooled_by_a_name, 0, sizeof names / sizeof names[0]);
    tcase_add_test(tcase, finds_all_descendants);
    tcase_add_test(tcase, finds_the_children_of_every_thread);
    tcase_add_test(tcase, knows_threads_and_their_calls);
    tcase_add_test(tcase, reads_the_arguments_of_a_call);
    tcase_add_test(tcase, has_no_call_of_who_runs);
    tcase_add_test(tcase, knows_descriptors);
    tcase_add_test(tcase, reads_memory);
    tcase_add_test(tcase, finds_bytes_in_a_heap);
    tcase_add_loop_test(
        tcase, sees_timers, 0, sizeof timers / sizeof timers[0]);
    tcase_add_test(tcase, sees_that_there_is_no_timer);
    suite_add_tcase(suite, tcase);
    return suite;
}
