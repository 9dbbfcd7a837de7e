/*
 * main.c - runs every suite; the last line is Check's summary
 *
 * CK_RUN_SUITE and CK_RUN_CASE choose (see Check's manual); ONLY=WORD picks
 * the wrong and right programs whose path contains the word.
 */
#include <stdio.h>
#include <stdlib.h>

#include "skip.h"
#include "suites.h"

enum {
    /* Most of a report fits into the message of a check that fails. Check clears
     * room for the longest message at every check that passes. */
    MESSAGE_LIMIT = 1 << 14
};

const char *
build_folder(void)
{
    const char *folder = getenv("TEST_BUILD");

    return folder != NULL ? folder : "build";
}

/* The quick ones first. */
static Suite *(*const suites[])(void) = {text_suite, pattern_suite,
    difference_suite, tasks_suite, labs_suite, hint_suite, report_suite,
    jobs_suite, budget_suite, proc_suite, census_suite, hang_suite, relay_suite,
    cause_suite, sysv_suite, sandbox_suite, walls_suite, containers_suite,
    filter_suite, pair_suite, bounds_suite, control_suite, win32_suite,
    timeline_suite, mutants_suite, build_suite, kit_suite, grade_suite,
    blame_suite, verdicts_suite};

int
main(void)
{
    SRunner *runner = srunner_create(NULL);

    check_set_max_msg_size(MESSAGE_LIMIT);
    for (size_t i = 0; i < sizeof suites / sizeof suites[0]; i++)
        srunner_add_suite(runner, suites[i]());
    srunner_add_suite(runner, hostile_suite());
    skip_tell();
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
