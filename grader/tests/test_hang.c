/*
 * test_hang.c - what sleeps for good is proved to, and nothing else is
 */
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hang.h"
#include "room.h"
#include "suites.h"

static int queue = -1;
static int semaphores = -1;

static void
enter(void)
{
    scratch_enter();
    queue = msgget(IPC_PRIVATE, 0600);
    semaphores = semget(IPC_PRIVATE, 1, 0600);
}

static void
leave(void)
{
    msgctl(queue, IPC_RMID, NULL);
    semctl(semaphores, 0, IPC_RMID);
    scratch_leave();
}

/* Starts the fixture with the argument, in which '%' stands for what is our
 * own: "%f" a file, "%s" a semaphore, "%q" and "%i" System V objects. */
static void
start(const char *word, const char *argument)
{
    char text[64];

    snprintf(text, sizeof text, "%s", argument);
    if (strcmp(argument, "%f") == 0)
        snprintf(text, sizeof text, "%s", scratch(word));
    if (strcmp(argument, "%s") == 0)
        snprintf(text, sizeof text, "/%s-%s", own_word(), word);
    if (strcmp(argument, "%q") == 0)
        snprintf(text, sizeof text, "%d", queue);
    if (strcmp(argument, "%i") == 0)
        snprintf(text, sizeof text, "%d", semaphores);
    fixture_start("wait", word, text, NULL);
}

/* Looks until it is proved; Check's timeout is the only limit. */
static void
prove(struct hang *hang, enum stillness wanted)
{
    while (hang_prove(hang) != wanted)
        sched_yield();
}

static const struct {
    const char *word;
    const char *argument;
    enum wait_kind kind; /* of one of the threads */
} stuck[] = {
    {"read", "", WAIT_READ},
    {"write", "", WAIT_WRITE},
    {"held", "", WAIT_READ},
    {"both", "", WAIT_WRITE},
    {"sem", "%s", WAIT_FUTEX},
    {"sem-removed", "%s", WAIT_FUTEX},
    {"sem-mapped", "%f", WAIT_FUTEX},
    {"join", "", WAIT_FUTEX},
    {"last-thread", "", WAIT_SIGNAL},
    {"mutex", "", WAIT_FUTEX},
    {"child", "", WAIT_CHILD},
    {"fifo", "%f", WAIT_OPEN},
    {"fifo-write", "%f", WAIT_OPEN},
    {"poll", "-1", WAIT_POLL},
    {"poll-one", "", WAIT_POLL},
    {"select", "0", WAIT_SELECT},
    {"epoll", "-1", WAIT_EPOLL},
    {"terminal", "", WAIT_READ},
    {"signal", "", WAIT_SIGNAL},
    {"sigwait", "", WAIT_SIGNAL},
    {"stop", "", WAIT_STOPPED},
    {"lock", "%f", WAIT_LOCK},
    {"socket", "%f", WAIT_SOCKET},
    {"slot", "%f", WAIT_READ},
    {"mailbox", "%f", WAIT_WRITE},
    {"fifo-own", "%f", WAIT_READ},
    {"message", "%q", WAIT_SYSV},
    {"sysv", "%i", WAIT_SYSV},
    {"mqueue", "%s", WAIT_SYSV},
};

START_TEST(proves_that_it_waits_for_good)
{
    static struct hang hang;
    uint32_t found = 0;

    start(stuck[_i].word, stuck[_i].argument);
    prove(&hang, STILL_STUCK);
    for (uint32_t i = 0; i < hang.threads; i++)
        found += hang.thread[i].kind == stuck[_i].kind;
    ck_assert_msg(found > 0, "%s: no thread waits as it should (%d)",
        stuck[_i].word, (int)hang.thread[0].kind);
    for (int i = 0; i < 20; i++)
        ck_assert_msg(hang_prove(&hang) == STILL_STUCK,
            "%s was stuck, and then it was not", stuck[_i].word);
    end_descendants();
}
END_TEST

/* A signal that stops it, and one that lets it go on, change nothing. */
START_TEST(proves_it_after_a_stop_too)
{
    static struct hang hang;

    start("poll", "-1");
    prove(&hang, STILL_STUCK);
    kill(hang.thread[0].pid, SIGSTOP);
    do
        prove(&hang, STILL_STUCK);
    while (hang.thread[0].kind != WAIT_STOPPED);
    kill(hang.thread[0].pid, SIGCONT);
    do
        prove(&hang, STILL_STUCK);
    while (hang.thread[0].kind != WAIT_POLL);
    end_descendants();
}
END_TEST

static const struct {
    const char *word;
    const char *argument;
    int64_t rest; /* ms, 0: its call does not say */
} timed[] = {
    {"sleep", "1000000", 1000000},
    {"sleep", "9", 9},
    {"poll", "1000000", 1000000},
    {"select", "1000", 1000000},
    {"epoll", "1000000", 1000000},
    {"sem-timed", "%s", 0},
    {"slot-timed", "%f", 0},
    {"alarm", "", 0},
    {"timerfd", "", 0},
    {"timer", "", 0},
};

START_TEST(sees_that_a_clock_will_wake_it)
{
    static struct hang hang;

    pid_t pid = fixture_start("wait", "child", NULL);
    prove(&hang, STILL_STUCK);
    start(timed[_i].word, timed[_i].argument);
    prove(&hang, STILL_TIMED);
    ck_assert_int_ne(hang.timed, 0);
    ck_assert_int_ne(hang.timed, pid);
    ck_assert_int_eq(hang_rest(&hang), timed[_i].rest);
    for (int i = 0; i < 100; i++)
        ck_assert_msg(hang_prove(&hang) != STILL_STUCK,
            "%s: a clock runs, but it was called stuck", timed[_i].word);
    end_descendants();
}
END_TEST

static const char *const busy[] = {"spin", "busy-thread", "talk", "children"};

START_TEST(never_calls_a_working_program_stuck)
{
    static struct hang hang;

    fixture_start("wait", "child", NULL);
    prove(&hang, STILL_STUCK);
    fixture_start("wait", busy[_i], NULL);
    for (int i = 0; i < 500; i++)
        ck_assert_msg(hang_prove(&hang) != STILL_STUCK,
            "%s: it works, but was called stuck", busy[_i]);
    end_descendants();
}
END_TEST

/* It sleeps 1 ms at a time: asleep at most looks, but never for good. */
START_TEST(never_calls_short_sleeps_stuck)
{
    static struct hang hang;

    fixture_start("wait", "sleep", "1", NULL);
    for (int i = 0; i < 500; i++)
        ck_assert_int_ne(hang_prove(&hang), STILL_STUCK);
    prove(&hang, STILL_TIMED);
    end_descendants();
}
END_TEST

START_TEST(nobody_at_all_is_stuck)
{
    static struct hang hang;

    ck_assert_int_eq(hang_prove(&hang), STILL_STUCK);
    ck_assert_uint_eq(hang.threads, 0);
}
END_TEST

/* Once it is woken, it is no longer stuck; nor is it while nobody has taken
 * the news of its end. */
START_TEST(a_signal_ends_the_proof)
{
    static struct hang hang;
    pid_t pid = fixture_start("wait", "signal", NULL);
    siginfo_t info;

    prove(&hang, STILL_STUCK);
    ck_assert_int_eq(hang.thread[0].pid, pid);
    kill(pid, SIGTERM);
    ck_assert_int_eq(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT), 0);
    ck_assert_int_eq(hang_prove(&hang), STILL_NOT);
    waitpid(pid, NULL, 0);
    ck_assert_int_eq(hang_prove(&hang), STILL_STUCK);
    ck_assert_uint_eq(hang.threads, 0);
}
END_TEST

START_TEST(counts_processor_time_and_switches)
{
    static struct hang hang;
    uint64_t burnt = 0;

    fixture_start("wait", "spin", NULL);
    while (burnt < 50000000) {
        hang_prove(&hang);
        ck_assert_uint_ge(hang.burnt, burnt);
        burnt = hang.burnt;
    }
    end_descendants();
}
END_TEST

/* A thread that has ended, and a child that was waited for, have burnt what
 * they have burnt. */
START_TEST(counts_what_has_ended)
{
    static const char *const words[] = {"burnt-thread", "burnt-children"};
    static struct hang hang;
    uint64_t most = 0;

    fixture_start("wait", words[_i], "30", NULL);
    do {
        hang_prove(&hang);
        if (hang.processes > 0 && hang.process[0].burnt > most)
            most = hang.process[0].burnt; /* the fixture, not its child */
    } while (most < 20000000);
    end_descendants();
}
END_TEST

/* Whether their parent waits for them or not. */
START_TEST(counts_children_that_have_ended)
{
    static const char *const words[] = {"burnt-children", "vanishing-children"};
    static struct hang hang;
    uint64_t burnt = 0;

    fixture_start("wait", words[_i], "20", NULL);
    while (burnt < 300000000) {
        hang_prove(&hang);
        ck_assert_uint_ge(hang.burnt, burnt);
        burnt = hang.burnt;
    }
    ck_assert_uint_gt(hang.process[0].burnt, 200000000);
    end_descendants();
}
END_TEST

/* Less than a tick each, so what the kernel tells of them is rounded. */
START_TEST(counts_nothing_twice)
{
    static struct hang hang;
    struct rusage all;

    fixture_start("wait", "burnt-children", "7", NULL);
    do
        hang_prove(&hang);
    while (hang.burnt < 300000000);
    end_descendants();
    ck_assert_int_eq(getrusage(RUSAGE_CHILDREN, &all), 0);
    ck_assert_uint_ge(
        (uint64_t)(all.ru_utime.tv_sec + all.ru_stime.tv_sec) * 1000000000 +
            (uint64_t)(all.ru_utime.tv_usec + all.ru_stime.tv_usec + 2) * 1000,
        hang.burnt);
}
END_TEST

Suite *
hang_suite(void)
{
    Suite *suite = suite_create("hang");
    TCase *tcase = tcase_create("hang");

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_unchecked_fixture(tcase, enter, leave);
    tcase_add_test(tcase, proves_it_after_a_stop_too);
    tcase_add_loop_test(tcase, proves_that_it_waits_for_good, 0,
        sizeof stuck / sizeof stuck[0]);
    tcase_add_loop_test(tcase, sees_that_a_clock_will_wake_it, 0,
        sizeof timed / sizeof timed[0]);
    tcase_add_loop_test(tcase, never_calls_a_working_program_stuck, 0,
        sizeof busy / sizeof busy[0]);
    tcase_add_test(tcase, never_calls_short_sleeps_stuck);
    tcase_add_test(tcase, nobody_at_all_is_stuck);
    tcase_add_test(tcase, a_signal_ends_the_proof);
    tcase_add_test(tcase, counts_processor_time_and_switches);
    tcase_add_loop_test(tcase, counts_what_has_ended, 0, 2);
    tcase_add_loop_test(tcase, counts_children_that_have_ended, 0, 2);
    tcase_add_test(tcase, counts_nothing_twice);
    suite_add_tcase(suite, tcase);
    return suite;
}
