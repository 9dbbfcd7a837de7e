/*
 * cage.c - see cage.h
 */
#define _GNU_SOURCE /* syscall(2), for capset(2), which has no wrapper */
#include "cage.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Bytes, seconds or pieces: what a lab program can do with, and then some. */
static const struct {
    int resource;
    rlim_t value;
} limits[] = {
    {RLIMIT_FSIZE, 8 << 20},
    {RLIMIT_CORE, 0},
    {RLIMIT_STACK, 8 << 20},
    {RLIMIT_MSGQUEUE, 819200},
};

enum {
    ADDRESS_SPACE = 256 << 20
};

/* Over the first number comes SIGXCPU, which tells why; whoever does not die
 * from it dies at the second. */
static const struct rlimit processor_seconds = {CAGE_SECONDS, CAGE_SECONDS + 1};

int
cage_limit(int resource, rlim_t value)
{
    struct rlimit limit = {value, value};

    return setrlimit(resource, &limit);
}

static int
drop_capabilities(void)
{
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct none[2];

    memset(none, 0, sizeof none);
    /* In a sandbox we are its root, who would get them back with each program.
     * Elsewhere nobody may do this, nor has any. */
    for (int i = 0; prctl(PR_CAPBSET_READ, i, 0, 0, 0) >= 0; i++)
        (void)prctl(PR_CAPBSET_DROP, i, 0, 0, 0);
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) == -1 ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1)
        return -1;
    return (int)syscall(SYS_capset, &header, none);
}

/* The first to go when memory is short; a wish, not a wall. */
static void
volunteer_for_oom(void)
{
    int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

    if (fd == -1)
        return;
    (void)!write(fd, "1000", 4);
    close(fd);
}

void
cage_close(int is_checked)
{
    size_t n = sizeof limits / sizeof limits[0];

    volunteer_for_oom();
    for (size_t i = 0; i < n; i++)
        if (cage_limit(limits[i].resource, limits[i].value) == -1)
            _exit(126);
    if (setrlimit(RLIMIT_CPU, &processor_seconds) == -1)
        _exit(126);
    if (!is_checked && cage_limit(RLIMIT_AS, ADDRESS_SPACE) == -1)
        _exit(126);
    if (drop_capabilities() == -1)
        _exit(126);
}

char **
cage_environment(const char *kit, int is_short)
{
    static char path[256];
    static char preload[256];
    static char sanitizer[] = "ASAN_OPTIONS=detect_leaks=0:abort_on_error=0:"
                              "exitcode=86:detect_stack_use_after_return=1:"
                              "handle_segv=1:strict_string_checks=1";
    static char undefined[] = "UBSAN_OPTIONS=halt_on_error=1:"
                              "print_stacktrace=1:exitcode=86";
    static char language[] = "LC_ALL=C";
    static char home[] = "HOME=/";
    /* Memory from malloc() is not zero: glibc fills it with this byte. */
    static char perturb[] = "MALLOC_PERTURB_=165";
    static char *environment[] = {
        path, language, home, sanitizer, undefined, perturb, preload, NULL};

    snprintf(path, sizeof path, "PATH=%s/reference:/usr/bin:/bin", kit);
    snprintf(preload, sizeof preload, "LD_PRELOAD=%s/short.so", kit);
    environment[6] = is_short ? preload : NULL;
    return environment;
}
