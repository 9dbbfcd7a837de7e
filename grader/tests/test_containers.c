/*
 * test_containers.c - the marks are whole in containers, too
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "room.h"
#include "skip.h"
#include "suites.h"

static const char script[] = "sh grader/tests/containers.sh";

static char folder[64];

/* The container, the walls that it must get, and what is graded there. */
static const struct {
    const char *kind;
    const char *walls;
    const char *labs;
} kinds[] = {
    {"docker", "users", ""},
    {"docker-no-new-privileges", "users", "-l 02 -l 04"},
    {"docker-user", "landlock", "-l 01"},
    {"docker-remedy", "namespaces", "-l 01"},
    {"podman", "users", "-l 03 -l 05"},
    {"podman-remedy", "namespaces", "-l 01"},
};

enum {
    KINDS = sizeof kinds / sizeof kinds[0]
};

static void
enter(void)
{
    snprintf(folder, sizeof folder, "/tmp/kit-containers-XXXXXX");
    if (mkdtemp(folder) == NULL || run_shell("%s enter %s", script, folder))
        abort();
}

static void
leave(void)
{
    run_shell("%s leave %s; rmdir %s", script, folder, folder);
}

/* Every point, no item skipped, nothing left in the container. */
START_TEST(gets_every_point)
{
    ck_assert_int_eq(run_shell("%s run %s %s %s %s", script, folder,
                         kinds[_i].kind, kinds[_i].walls, kinds[_i].labs),
        0);
}
END_TEST

/* Rows of the hostile bank that take a second or two: what no program may
 * reach, or leave. */
static const char attacks[] =
    "D01,D02,D04,D08,D09,D10,includes-secrets,includes-the-descriptors,"
    "carries-the-reference,leaves-a-mark,objects-replaced,other-addresses,"
    "reads-arguments,reads-memory,reads-streams,steals-descriptors,"
    "stop-everybody,takes-the-keys,trace-everybody,writes-memory,"
    "writes-streams";

START_TEST(holds_the_hostile_bank)
{
    int result =
        run_shell("%s do %s docker env ONLY=%s HOSTILE_OPTIONS='--walls users' "
                  "CK_RUN_SUITE=hostile TEST_BUILD=%s %s/tests >%s/said 2>&1",
            script, folder, attacks, build_folder(), build_folder(), folder);

    if (result != 0)
        run_shell("cat %s/said", folder);
    ck_assert_int_eq(result, 0);
    /* A table without rows would do, too. */
    ck_assert_int_eq(
        run_shell("grep -q 'Checks: [2-9][0-9]' %s/said", folder), 0);
}
END_TEST

/* The machine counts the processes of its users, whichever container they are
 * in. Prints the users that are seen while a lab is graded. */
static const char users[] =
    "%s do %s docker sh -c '%s/grade -t solutions -l 03 >/dev/null & "
    "while kill -0 $! 2>/dev/null; do ps -eo uid=; done' | sort -nu >%s/users";

START_TEST(has_users_of_its_own)
{
    ck_assert_int_eq(
        run_shell(users, script, folder, build_folder(), folder), 0);
    ck_assert_int_eq(run_shell("awk '$1 >= 1000000 { seen = 1 } "
                               "$1 >= 50000 && $1 < 50128 { bad = 1 } "
                               "END { exit bad || !seen }' %s/users",
                         folder),
        0);
}
END_TEST

/* No mark, and a line that is true. */
START_TEST(says_what_root_lacks)
{
    ck_assert_int_eq(
        run_shell("%s do %s docker-no-capabilities %s/grade -t solutions "
                  ">%s/said 2>&1",
            script, folder, build_folder(), folder),
        2);
    ck_assert_int_eq(
        run_shell("grep -q 'capabilities SETUID and SETGID' %s/said", folder),
        0);
}
END_TEST

/* The remedy is the one that works: see docker-remedy and podman-remedy. */
static const struct {
    const char *kind;
    const char *words;
} doctors[] = {
    {"docker", "users"},
    {"docker", "remedy: start the container with '--security-opt "
               "seccomp=unconfined --security-opt unmask=ALL'"},
    {"docker-user", "landlock"},
    {"podman", "remedy: start the container with '--security-opt "
               "unmask=ALL'"},
};

START_TEST(the_doctor_names_the_remedy)
{
    ck_assert_int_eq(run_shell("%s do %s %s %s/grade --doctor | "
                               "grep -qF -- \"%s\"",
                         script, folder, doctors[_i].kind, build_folder(),
                         doctors[_i].words),
        0);
}
END_TEST

/* Why there can be no containers here, or NULL. */
static const char *
find_reason(void)
{
    static char reason[128];

    if (IS_SANITIZED)
        return "a grader with sanitizers needs more than a container gives";
    FILE *said = popen("sh grader/tests/containers.sh can", "r");

    if (said == NULL)
        return "there is no shell";
    if (fgets(reason, sizeof reason, said) == NULL)
        reason[0] = '\0';
    reason[strcspn(reason, "\n")] = '\0';
    return pclose(said) == 0 ? NULL : reason;
}

/* Finding out takes a while. */
static int
is_wanted(void)
{
    const char *suite = getenv("CK_RUN_SUITE");

    return suite == NULL || strcmp(suite, "containers") == 0;
}

Suite *
containers_suite(void)
{
    Suite *suite = suite_create("containers");
    TCase *tcase = tcase_create("containers");
    const char *reason = is_wanted() ? find_reason() : NULL;

    if (!is_wanted())
        return suite;
    if (reason != NULL) {
        skip_others(KINDS + 7, "containers", reason);
        return suite;
    }
    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_unchecked_fixture(tcase, enter, leave);
    tcase_add_loop_test(tcase, gets_every_point, 0, KINDS);
    tcase_add_test(tcase, holds_the_hostile_bank);
    tcase_add_test(tcase, has_users_of_its_own);
    tcase_add_test(tcase, says_what_root_lacks);
    tcase_add_loop_test(tcase, the_doctor_names_the_remedy, 0,
        sizeof doctors / sizeof doctors[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
