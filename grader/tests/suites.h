/*
 * suites.h - the grader's own tests: a Check suite for each noun
 */
#ifndef SUITES_H
#define SUITES_H

#include <check.h>

/* All suites run from the kit's folder; BUILD is the folder of what was
 * built (TEST_BUILD in the environment, else "build"). */
const char *build_folder(void);

Suite *verdicts_suite(void); /* wrong and right programs, skeletons */

#endif
