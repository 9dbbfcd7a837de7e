/*
 * doctor.c - see doctor.h
 */
#include "doctor.h"

#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "sandbox.h"

/* Is the program on one of the folders that the sandbox looks in? */
static int
has_program(const char *program)
{
    char path[256];

    snprintf(path, sizeof path, "/usr/bin/%s", program);
    if (access(path, X_OK) == 0)
        return 1;
    snprintf(path, sizeof path, "/bin/%s", program);
    return access(path, X_OK) == 0;
}

int
doctor_compiler(void)
{
    if (has_program(HALF_CC))
        return 0;
    fprintf(stderr,
        "grade: the compiler %s is not installed: type 'make setup', or "
        "'sudo apt-get install gcc libc6-dev'\n",
        HALF_CC);
    return -1;
}

static void
tell(int is_good, const char *what, const char *more)
{
    printf("%-8s %-12s %s\n", is_good ? "ok" : "MISSING", what, more);
}

int
doctor(void)
{
    char why[1600];
    struct utsname machine;
    int has_compiler = has_program(HALF_CC);
    int has_sandbox = sandbox_check(why, sizeof why) == 0;

    if (uname(&machine) == 0)
        printf("%-8s %-12s %s %s on %s\n", "", "kernel", machine.sysname,
            machine.release, machine.machine);
    tell(has_compiler, "compiler",
        has_compiler ? "/usr/bin/" HALF_CC
                     : "type 'make setup', or 'sudo apt-get install gcc'");
    tell(has_sandbox, "sandbox", has_sandbox ? "bubblewrap works" : why);
    tell(has_program("strace"), "strace",
        has_program("strace") ? "shows the last calls of lost items"
                              : "type 'make setup': without it the reports do "
                                "not show the last calls of lost items");
    printf("%-8s %-12s %d.%d.%d\n", "ok", "check", check_major_version,
        check_minor_version, check_micro_version);
    printf("%-8s %-12s %s\n", "ok", "jansson", JANSSON_VERSION);
    return has_compiler && has_sandbox ? 0 : -1;
}
