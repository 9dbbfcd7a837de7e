/*
 * main.c - runs every suite; the last line is Check's summary
 *
 * CK_RUN_SUITE and CK_RUN_CASE choose (see Check's manual); ONLY=WORD picks
 * the wrong and right programs whose path contains the word.
 */
#include <stdio.h>
#include <stdlib.h>

#include "suites.h"

const char *
build_folder(void)
{
    const char *folder = getenv("TEST_BUILD");

    return folder != NULL ? folder : "build";
}

int
main(void)
{
    SRunner *runner = srunner_create(hang_suite());

    srunner_add_suite(runner, cause_suite());
    srunner_add_suite(runner, pair_suite());
    srunner_add_suite(runner, sandbox_suite());
    srunner_add_suite(runner, build_suite());
    srunner_add_suite(runner, verdicts_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
