/*
 * test_jobs.c - every job runs once, whatever happens to a worker
 */
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "jobs.h"
#include "suites.h"

enum {
    JOBS = 200
};

struct board {
    atomic_int runs[JOBS];
    pid_t pid[JOBS];
};

static void
note(size_t job, void *context)
{
    struct board *board = context;

    atomic_fetch_add(&board->runs[job], 1);
    board->pid[job] = getpid();
}

static const int workers[] = {1, 2, 7, JOBS + 10};

START_TEST(every_job_runs_once)
{
    struct board *board = jobs_share(sizeof *board);

    ck_assert(board != NULL);
    for (int i = 0; i < JOBS; i++)
        ck_assert_int_eq(board->runs[i], 0);
    ck_assert_int_eq(jobs_run(JOBS, workers[_i], note, board), 0);
    for (int i = 0; i < JOBS; i++) {
        ck_assert_int_eq(board->runs[i], 1);
        ck_assert_int_ne(board->pid[i], getpid());
    }
    ck_assert_int_eq(waitpid(-1, NULL, 0), -1); /* nobody is left */
}
END_TEST

START_TEST(no_job_is_no_work)
{
    ck_assert_int_eq(jobs_run(0, 4, note, NULL), 0);
}
END_TEST

static void
die_sometimes(size_t job, void *context)
{
    if (job == 3)
        raise(SIGKILL);
    if (job == 5)
        _exit(7);
    note(job, context);
}

START_TEST(a_worker_that_dies_loses_one_job)
{
    struct board *board = jobs_share(sizeof *board);

    ck_assert_int_eq(jobs_run(JOBS, 4, die_sometimes, board), 0);
    for (int i = 0; i < JOBS; i++)
        ck_assert_int_eq(board->runs[i], i == 3 || i == 5 ? 0 : 1);
}
END_TEST

/* The last worker dies: the jobs after that have no result, and it ends. */
START_TEST(ends_without_workers)
{
    struct board *board = jobs_share(sizeof *board);

    ck_assert_int_eq(jobs_run(JOBS, 2, die_sometimes, board), 0);
    ck_assert_int_eq(board->runs[0], 1);
    ck_assert_int_eq(board->runs[3], 0);
}
END_TEST

Suite *
jobs_suite(void)
{
    Suite *suite = suite_create("jobs");
    TCase *tcase = tcase_create("jobs");

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_loop_test(
        tcase, every_job_runs_once, 0, sizeof workers / sizeof workers[0]);
    tcase_add_test(tcase, no_job_is_no_work);
    tcase_add_test(tcase, a_worker_that_dies_loses_one_job);
    tcase_add_test(tcase, ends_without_workers);
    suite_add_tcase(suite, tcase);
    return suite;
}
