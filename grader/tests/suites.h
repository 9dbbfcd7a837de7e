/*
 * suites.h - the grader's own tests: a Check suite for each noun
 */
#ifndef SUITES_H
#define SUITES_H

#include <check.h>

/* Seconds after which a test must have hung: nothing here is about speed. */
enum {
    TEST_TIMEOUT = 300
};

/* Was the grader built with AddressSanitizer, which needs far more memory and
 * address space? (gcc's macro.) */
enum {
#ifdef __SANITIZE_ADDRESS__
    IS_SANITIZED = 1
#else
    IS_SANITIZED = 0
#endif
};

/* All suites run from the kit's folder; BUILD is the folder of what was
 * built (TEST_BUILD in the environment, else "build"). */
const char *build_folder(void);

Suite *blame_suite(void);  /* end to end */
Suite *budget_suite(void); /* of a lab */
Suite *build_suite(void);
Suite *cause_suite(void);
Suite *census_suite(void);
Suite *containers_suite(void);
Suite *control_suite(void); /* system calls of a half */
Suite *filter_suite(void);  /* system calls that no half may make */
Suite *grade_suite(void);   /* end to end */
Suite *bounds_suite(void);  /* the bounds of an item */
Suite *hang_suite(void);
Suite *hint_suite(void);
Suite *hostile_suite(void); /* programs that attack the grader */
Suite *jobs_suite(void);
Suite *kit_suite(void);  /* skeletons, handouts, style */
Suite *labs_suite(void); /* marking schemes and diagnoses, too */
Suite *mutants_suite(void);
Suite *pair_suite(void); /* and the real warden */
Suite *pattern_suite(void);
Suite *difference_suite(void);
Suite *proc_suite(void);
Suite *relay_suite(void);
Suite *report_suite(void);
Suite *sandbox_suite(void);
Suite *sysv_suite(void); /* System V objects */
Suite *tasks_suite(void);
Suite *text_suite(void);
Suite *timeline_suite(void);
Suite *walls_suite(void);    /* without namespaces */
Suite *win32_suite(void);    /* halves that Wine runs */
Suite *verdicts_suite(void); /* wrong and right programs, skeletons */

#endif
