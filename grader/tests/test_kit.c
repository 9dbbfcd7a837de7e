/*
 * test_kit.c - what is committed fits together: skeletons, handouts, style
 */
#include <glob.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "room.h"
#include "suites.h"

enum {
    COMMAND = 4096,
    LINES = 2000,
    LINE = 256,
    LONGEST = 120
};

static glob_t solutions; /* solutions/NN/PLATFORM/half.c */

/* The same path below labs: the skeleton. */
static const char *
skeleton(const char *solution)
{
    static char path[256];

    snprintf(path, sizeof path, "labs/%s", solution + strlen("solutions/"));
    return path;
}

START_TEST(a_skeleton_is_cut_from_its_solution)
{
    const char *solution = solutions.gl_pathv[_i];

    ck_assert_msg(
        run_shell("awk -f solutions/skeleton.awk '%s' >'%s' && diff -u "
                  "'%s' '%s' >&2",
            solution, scratch("cut.c"), skeleton(solution),
            scratch("cut.c")) == 0,
        "%s: type 'make skeleton'", skeleton(solution));
}
END_TEST

/* Words of a line, without what every program has. */
static int
tells_something(const char *line)
{
    size_t letters = 0;

    for (; *line != '\0'; line++)
        letters += *line != ' ' && *line != '{' && *line != '}' &&
                   *line != ';' && *line != '\n';
    return letters > 0;
}

static size_t
read_lines(const char *path, char lines[LINES][LINE])
{
    FILE *file = fopen(path, "r");
    size_t n = 0;

    ck_assert_msg(file != NULL, "%s", path);
    while (n < LINES && fgets(lines[n], LINE, file) != NULL)
        n++;
    fclose(file);
    return n;
}

static int
is_among(const char *line, char lines[LINES][LINE], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(line, lines[i]) == 0)
            return 1;
    return 0;
}

/* Of what stands in fences only that is in the skeleton that stands outside of
 * all fences, too. Found without skeleton.awk. */
START_TEST(no_line_of_a_fence_survives)
{
    static char lines[LINES][LINE];
    static char cut[LINES][LINE];
    static char outside[LINES][LINE];
    const char *solution = solutions.gl_pathv[_i];
    size_t n = read_lines(solution, lines);
    size_t ncut = read_lines(skeleton(solution), cut);
    size_t noutside = 0;
    size_t fences = 0;
    enum {
        OUTSIDE,
        COMMENT,
        INSIDE
    } where;

    for (int pass = 0; pass < 2; pass++) {
        where = OUTSIDE;
        for (size_t i = 0; i < n; i++) {
            if (where == OUTSIDE && strstr(lines[i], "/* TASK ") != NULL) {
                where = COMMENT;
                fences += pass == 0;
            }
            if (strstr(lines[i], "/* END ") != NULL)
                where = OUTSIDE;
            else if (where == INSIDE && pass == 1)
                ck_assert_msg(!tells_something(lines[i]) ||
                                  !is_among(lines[i], cut, ncut) ||
                                  is_among(lines[i], outside, noutside),
                    "%s: %s", skeleton(solution), lines[i]);
            else if (where != INSIDE && pass == 0)
                memcpy(outside[noutside++], lines[i], LINE);
            if (where == COMMENT && strstr(lines[i], "*/") != NULL)
                where = INSIDE;
        }
        ck_assert_int_eq(where, OUTSIDE);
    }
    ck_assert_uint_gt(fences, 0);
}
END_TEST

static const struct {
    const char *program;
    const char *flags;
    const char *platform;
} compilers[] = {
    {"gcc", HALF_CFLAGS, "/posix/"},
    {"clang", HALF_CFLAGS, "/posix/"},
    {WIN_CC, WIN_CFLAGS, "/win32/"},
};

START_TEST(solutions_and_skeletons_compile_without_a_warning)
{
    const char *program = compilers[_i].program;

    if (run_shell("command -v %s >/dev/null", program) != 0) {
        printf("(%s is not installed: nothing compiled with it)\n", program);
        return;
    }
    for (size_t i = 0; i < solutions.gl_pathc; i++) {
        const char *path = solutions.gl_pathv[i];
        if (strstr(path, compilers[_i].platform) == NULL)
            continue;
        int lab = (int)strcspn(path + strlen("solutions/"), "/");
        for (int k = 0; k < 2; k++)
            ck_assert_int_eq(
                run_shell("%s %s -Werror -Ilabs -Ilabs/%.*s -o %s "
                          "%s labs/lab.c",
                    program, compilers[_i].flags, lab,
                    path + strlen("solutions/"), scratch("program"),
                    k == 0 ? path : skeleton(path)),
                0);
    }
}
END_TEST

START_TEST(the_handouts_show_what_happens)
{
    ck_assert_int_eq(
        run_shell(
            "BUILD='%s' bash grader/tests/handouts.sh >%s 2>&1 </dev/null "
            "|| { cat %s >&2; exit 1; }",
            build_folder(), scratch("handouts"), scratch("handouts")),
        0);
}
END_TEST

static const char *const broken_fences[] = {
    "/* TASK 1: never ended. */\\nx = 1;\\n",
    "/* TASK 1: a. */\\nx;\\n/* END 2 */\\n",
    "/* TASK 1: a. */\\n/* TASK 2: b. */\\n/* END 2 */\\n/* END 1 */\\n",
    "/* END 1 */\\n",
    "/* TASK 1: its comment goes on\\n * and on\\n/* END 1 */\\n",
};

START_TEST(a_broken_fence_is_refused)
{
    ck_assert_int_eq(
        run_shell("printf '%s' >%s; awk -f solutions/skeleton.awk %s "
                  ">%s 2>%s",
            broken_fences[_i], scratch("broken.c"), scratch("broken.c"),
            scratch("cut"), scratch("why")),
        1);
    ck_assert_int_eq(
        run_shell("grep -q 'broken.c:[0-9]*: ' %s", scratch("why")), 0);
}
END_TEST

START_TEST(a_fence_is_cut)
{
    ck_assert_int_eq(
        run_shell(
            "printf 'a\\n    /* TASK 1: do\\n     * it. */\\nx\\n    /* END "
            "1 */\\nb\\n' >%s; printf 'a\\n    /* TASK 1: do\\n     * it. "
            "*/\\nb\\n' >%s; awk -f solutions/skeleton.awk %s | cmp - %s",
            scratch("in"), scratch("out"), scratch("in"), scratch("out")),
        0);
}
END_TEST

/* The makefile knows which files are ours: 'make -n format' names them. */
START_TEST(every_source_is_formatted)
{
    if (run_shell("command -v clang-format >/dev/null") != 0) {
        printf("(clang-format is not installed: nothing compared)\n");
        return;
    }
    ck_assert_int_eq(
        run_shell(
            "clang-format --dry-run --Werror $(find labs solutions grader "
            "-name '*.[ch]' -not -path '*/right/*' -not -path '*/wrong/*')"),
        0);
}
END_TEST

/* Only a note: the handout decides how long a program may be. */
START_TEST(tells_which_program_is_long)
{
    static char lines[LINES][LINE];

    for (size_t i = 0; i < solutions.gl_pathc; i++) {
        size_t n = read_lines(solutions.gl_pathv[i], lines);
        if (n > LONGEST)
            printf("(%s has %zu lines, more than %d)\n", solutions.gl_pathv[i],
                n, LONGEST);
    }
}
END_TEST

Suite *
kit_suite(void)
{
    Suite *suite = suite_create("kit");
    TCase *tcase = tcase_create("kit");
    int n = 0;

    if (glob("solutions/*/*/*.c", 0, NULL, &solutions) == 0)
        n = (int)solutions.gl_pathc;
    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_unchecked_fixture(tcase, scratch_enter, scratch_leave);
    tcase_add_loop_test(tcase, a_skeleton_is_cut_from_its_solution, 0, n);
    tcase_add_loop_test(tcase, no_line_of_a_fence_survives, 0, n);
    tcase_add_loop_test(tcase,
        solutions_and_skeletons_compile_without_a_warning, 0,
        sizeof compilers / sizeof compilers[0]);
    tcase_add_test(tcase, the_handouts_show_what_happens);
    tcase_add_loop_test(tcase, a_broken_fence_is_refused, 0,
        sizeof broken_fences / sizeof broken_fences[0]);
    tcase_add_test(tcase, a_fence_is_cut);
    tcase_add_test(tcase, every_source_is_formatted);
    tcase_add_test(tcase, tells_which_program_is_long);
    suite_add_tcase(suite, tcase);
    return suite;
}
