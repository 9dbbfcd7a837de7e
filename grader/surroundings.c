/*
 * surroundings.c - see surroundings.h
 */
#include "surroundings.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

extern char **environ;

/* /dev/null for reading: a write fails, as it does to a closed descriptor. */
static void
open_streams(void)
{
    int fd;

    do
        fd = open("/dev/null", O_RDONLY);
    while (fd >= 0 && fd < 2);
    if (fd > 2)
        close(fd);
}

/* Without SIGCHLD nobody could wait for a child; Check's limit of time comes
 * as SIGALRM. A broken pipe is told by write(). */
static void
reset_signals(void)
{
    static const int ours[] = {SIGCHLD, SIGALRM, SIGXCPU, SIGXFSZ};
    sigset_t none;

    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
        signal(ours[i], SIG_DFL);
    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* The loader, the compiler, bwrap and Check take orders from the environment,
 * under more names than could be listed: only these stay. */
static void
keep_environment(void)
{
    static const char *const names[] = {
        "PATH", "HOME", "TERM", "NO_COLOR", "XDG_CACHE_HOME"};
    static char *kept[sizeof names / sizeof names[0] + 1];
    size_t n = 0;

    for (char **entry = environ; *entry != NULL; entry++)
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            size_t length = strlen(names[i]);
            if (strncmp(*entry, names[i], length) == 0 &&
                (*entry)[length] == '=' && n + 1 < sizeof kept / sizeof kept[0])
                kept[n++] = *entry;
        }
    environ = kept;
}

void
surroundings_settle(void)
{
    open_streams();
    reset_signals();
    keep_environment();
}

/* What is needed, and the letter of ulimit(1). A sanitizer, and Wine, take
 * address space by the terabyte; the limits of a half (cage.c) cannot be set
 * where less is allowed. */
static const struct {
    int resource;
    const char *name;
    rlim_t value;
    rlim_t more; /* for each worker */
} needs[] = {
    {RLIMIT_NOFILE, "open files (ulimit -n)", 256, 0},
    {RLIMIT_AS, "address space (ulimit -v)", RLIM_INFINITY, 0},
    {RLIMIT_DATA, "a program's data (ulimit -d)", RLIM_INFINITY, 0},
    {RLIMIT_STACK, "a stack (ulimit -s)", 8 << 20, 0},
    {RLIMIT_CPU, "seconds of processor time (ulimit -t)", 300, 0},
    {RLIMIT_FSIZE, "the size of a file (ulimit -f)", 64 << 20, 0},
    {RLIMIT_NPROC, "processes (ulimit -u)", 64, 48},
    {RLIMIT_MSGQUEUE, "message queues (ulimit -q)", 819200, 0},
    {RLIMIT_SIGPENDING, "pending signals (ulimit -i)", 64, 48},
};

/* As a number, in bytes or pieces; RLIM_INFINITY is the largest of all. */
static const char *
amount(char text[32], rlim_t value)
{
    snprintf(text, 32, "%llu", (unsigned long long)value);
    return value == RLIM_INFINITY ? "no limit" : text;
}

/* Only root may raise a hard limit, and not in every container. */
static int
raise_limit(int resource, rlim_t need, rlim_t *allowed)
{
    struct rlimit limit;

    if (getrlimit(resource, &limit) == -1)
        return 0; /* this kernel knows no such limit */
    *allowed = limit.rlim_max;
    if (limit.rlim_cur >= need)
        return 0;
    limit.rlim_cur = need;
    if (limit.rlim_max < need)
        limit.rlim_max = need;
    return setrlimit(resource, &limit);
}

int
surroundings_raise(int workers)
{
    char words[2][32];

    for (size_t i = 0; i < sizeof needs / sizeof needs[0]; i++) {
        rlim_t need = needs[i].value;
        rlim_t allowed = 0;
        if (needs[i].more > 0)
            need += needs[i].more * (rlim_t)workers;
        if (raise_limit(needs[i].resource, need, &allowed) == 0)
            continue;
        fprintf(stderr,
            "grade: the hard limit on %s is %s here, and grading needs %s%s\n",
            needs[i].name, amount(words[0], allowed), amount(words[1], need),
            needs[i].more > 0 ? " (less with a smaller -j)" : "");
        return -1;
    }
    return 0;
}
