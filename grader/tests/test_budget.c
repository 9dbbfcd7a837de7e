/*
 * test_budget.c - what all items of a lab may use together
 */
#include <string.h>

#include "budget.h"
#include "jobs.h"
#include "suites.h"

static const struct verdict burnt = {.burnt = 1000000000};
static const struct verdict slept = {.slept = 1000};

/* How many items of that kind the lab can have. */
static int
count(int has_wine, const struct verdict *verdict)
{
    struct budget *budget = budget_new(has_wine, 2);
    int n = 0;

    ck_assert(budget != NULL);
    for (; !budget_is_spent(budget, 0); n++)
        budget_spend(budget, 0, verdict);
    return n;
}

START_TEST(counts_processor_time_and_sleep)
{
    ck_assert_int_eq(count(0, &burnt), 13);
    ck_assert_int_eq(count(1, &burnt), 25);
    ck_assert_int_eq(count(0, &slept), 37);
    ck_assert_int_eq(count(1, &slept), 73);
}
END_TEST

/* Of 12 and 36 seconds a half has two and six for itself. */
static const struct {
    const struct verdict *verdict;
    int most;
} shares[] = {{&burnt, 3}, {&slept, 7}};

START_TEST(others_leave_a_half_its_part)
{
    struct budget *budget = budget_new(0, 2);
    int n = 0;

    while (!budget_is_spent(budget, 0))
        budget_spend(budget, 0, shares[_i].verdict);
    for (; !budget_is_spent(budget, 1); n++)
        budget_spend(budget, 1, shares[_i].verdict);
    ck_assert_int_eq(n, shares[_i].most);
    ck_assert(budget_is_spent(budget, 0));
}
END_TEST

START_TEST(without_one_nothing_is_spent)
{
    budget_spend(NULL, 0, &burnt);
    ck_assert(!budget_is_spent(NULL, 0));
}
END_TEST

static void
spend(size_t job, void *budget)
{
    (void)job;
    budget_spend(budget, 0, &burnt);
}

START_TEST(all_workers_spend_the_same)
{
    struct budget *budget = budget_new(0, 1);

    ck_assert_int_eq(jobs_run(12, 4, spend, budget), 0);
    ck_assert(!budget_is_spent(budget, 0));
    ck_assert_int_eq(jobs_run(1, 1, spend, budget), 0);
    ck_assert(budget_is_spent(budget, 0));
}
END_TEST

START_TEST(tells_what_was_not_reached)
{
    struct verdict verdict = {.outcome = 0};

    budget_tell(budget_new(0, 1), &verdict);
    ck_assert(verdict.is_unreached);
    ck_assert(strncmp(verdict.why, "not reached:", 12) == 0);
    ck_assert(strstr(verdict.expected, " 12 s ") != NULL);
}
END_TEST

Suite *
budget_suite(void)
{
    Suite *suite = suite_create("budget");
    TCase *tcase = tcase_create("budget");

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_test(tcase, counts_processor_time_and_sleep);
    tcase_add_loop_test(tcase, others_leave_a_half_its_part, 0, 2);
    tcase_add_test(tcase, without_one_nothing_is_spent);
    tcase_add_test(tcase, all_workers_spend_the_same);
    tcase_add_test(tcase, tells_what_was_not_reached);
    suite_add_tcase(suite, tcase);
    return suite;
}
