#define _GNU_SOURCE /* syscall(2): seccomp(2) has no wrapper */
/*
 * doctor.c - see doctor.h
 */
#include "doctor.h"

#include <check.h>
#include <jansson.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "landlock.h"
#include "walls.h"

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
doctor_compiler(const struct target *target)
{
    if (has_program(target->compiler))
        return 0;
    fprintf(stderr,
        "grade: the compiler %s is not installed: type '%s', or "
        "'sudo apt-get install %s'\n",
        target->compiler, target->setup, target->packages);
    return -1;
}

/* Debian keeps it off the PATH. */
static int
has_wine(void)
{
    return access("/usr/lib/wine/wine64", X_OK) == 0 || has_program("wine64") ||
           has_program("wine");
}

/* Does the kernel let a program's system calls be stopped (control.h)? */
static int
can_stop_calls(void)
{
    struct sock_filter code[] = {BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
    struct sock_fprog program = {1, code};
    int status = -1;
    pid_t pid = fork();

    if (pid == 0) { /* a filter stays for good */
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        _exit(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
                  SECCOMP_FILTER_FLAG_NEW_LISTENER, &program) == -1);
    }
    return pid != -1 && waitpid(pid, &status, 0) == pid && status == 0;
}

static void
tell(int is_good, const char *what, const char *more)
{
    printf("%-8s %-12s %s\n", is_good ? "ok" : "MISSING", what, more);
}

/* What the weaker walls cannot keep (grade(1)), and what would help. */
static void
tell_walls(int has_walls, const char *why)
{
    static const char *const lacking[WALLS_LEVELS] = {
        [WALLS_USERS] = "no memory limit for an item as a whole; disk, shared "
                        "memory and network are shared; no Windows programs",
        [WALLS_LANDLOCK] = "items share one user: a program may disturb the "
                           "next one's, and change the modes of your files; "
                           "no Windows programs",
        [WALLS_NONE] = "for your own work only"};
    enum walls_level level = walls_in_use()->level;

    tell(has_walls, "walls", has_walls ? walls_in_use()->name : why);
    if (has_walls && level == WALLS_NAMESPACES)
        return;
    if (has_walls)
        printf("%-21s lacks: %s\n", "", lacking[level]);
    if (has_walls && level == WALLS_LANDLOCK &&
        landlock_version() < LANDLOCK_SIGNALS)
        printf("%-21s a program may end the grader (Linux 6.12 helps)\n", "");
    printf("%-21s remedy: %s\n", "", walls_remedy());
}

int
doctor(void)
{
    char why[1600];
    struct utsname machine;
    int has_compiler = has_program(HALF_CC);
    int can_stop = can_stop_calls();
    int has_walls = walls_choose(why, sizeof why) == 0;

    if (uname(&machine) == 0)
        printf("%-8s %-12s %s %s on %s\n", "", "kernel", machine.sysname,
            machine.release, machine.machine);
    tell(has_compiler, "compiler",
        has_compiler ? "/usr/bin/" HALF_CC
                     : "type 'make setup', or 'sudo apt-get install gcc'");
    tell_walls(has_walls, why);
    printf("%-8s %-12s %s\n", can_stop ? "ok" : "skipped", "calls",
        can_stop ? "system calls can be stopped (seccomp)"
                 : "the kernel does not let system calls be stopped (seccomp): "
                   "items that need it are skipped");
    tell(has_program("strace"), "strace",
        has_program("strace") ? "shows the last calls of lost items"
                              : "type 'make setup': without it the reports do "
                                "not show the last calls of lost items");
    int has_win32 = has_program(WIN_CC) && has_wine();
    printf("%-8s %-12s %s\n", has_win32 ? "ok" : "skipped", "win32",
        has_win32 ? "/usr/bin/" WIN_CC " and Wine"
                  : "only for Windows programs: 'make setup PLATFORM=win32'");
    printf("%-8s %-12s %d.%d.%d\n", "ok", "check", check_major_version,
        check_minor_version, check_micro_version);
    printf("%-8s %-12s %s\n", "ok", "jansson", JANSSON_VERSION);
    return has_compiler && has_walls ? 0 : -1;
}
