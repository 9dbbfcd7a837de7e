/*
 * wine.c - see wine.h
 */
#include "wine.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "hang.h"
#include "lab.h"
#include "proc.h"

enum {
    WORDS = 16,
    BEGIN_SECONDS = 60 /* on the busiest machine; usually half a second */
};

static pid_t server;
static char folder[64]; /* in /tmp, for the server's socket */

/* HOME is for what Wine may want to make beside its prefix. Windows programs
 * find others in WINEPATH. */
static char **
environment(const char *kit, int is_half)
{
    static char loader[300] = "WINELOADER=";
    static char program[300] = "WINESERVER=";
    static char path[600];
    static char preload[300];
    static char *words[WORDS];
    size_t n = 0;

    (void)!readlink(WINE_TEMPLATE "/loader", loader + strlen("WINELOADER="),
        sizeof loader - strlen("WINELOADER=") - 1);
    (void)!readlink(WINE_TEMPLATE "/server", program + strlen("WINESERVER="),
        sizeof program - strlen("WINESERVER=") - 1);
    snprintf(path, sizeof path, "WINEPATH=Z:%s/reference;Z:%s/tools", kit, kit);
    snprintf(preload, sizeof preload, "LD_PRELOAD=%s/aside.so", kit);
    words[n++] = loader;
    words[n++] = program;
    words[n++] = "WINEPREFIX=" WINE_PREFIX;
    words[n++] = "WINEDLLOVERRIDES=mscoree,mshtml,winemenubuilder.exe=";
    words[n++] = "PATH=/usr/bin:/bin";
    words[n++] = "HOME=" WINE_PREFIX;
    words[n++] = "LC_ALL=C";
    words[n++] = path;
    words[n++] = is_half ? "WINEDEBUG=-all,err+all,+timestamp,+pid,+relay"
                         : "WINEDEBUG=-all";
    words[n++] = is_half ? preload : NULL;
    words[n] = NULL;
    return words;
}

/* Wine needs a page at 0x7ffe0000. Its loader is not linked to be moved, so the
 * kernel lays the heap somewhere in the gigabyte behind it, at random: once in
 * some thousand times upon that page. Then the program ends at once, with
 * status 1 and no word. Where a container forbids to ask for fixed places, that
 * remains, and is trouble (relay_refusal()). */
static void
fix_addresses(void)
{
    (void)personality(ADDR_NO_RANDOMIZE);
}

/* Runs a program of Wine's, which may leave others, with nothing to read and
 * nobody who listens. Returns its exit status. */
static int
run(char *argv[])
{
    int status = -1;
    pid_t pid = fork();

    if (pid == 0) {
        int null = open("/dev/null", O_RDWR | O_CLOEXEC);
        for (int fd = 0; fd < 3; fd++)
            dup2(null, fd);
        fix_addresses();
        execve(argv[0], argv, environment("", 0));
        _exit(127);
    }
    if (pid == -1 || waitpid(pid, &status, 0) != pid)
        return -1;
    return status;
}

/* The prefix: a folder of links into the template. What Wine would change there
 * it changes in the folder, if at all. */
static int
make_prefix(void)
{
    static const char *const names[] = {"drive_c", "dosdevices", "system.reg",
        "user.reg", "userdef.reg", ".update-timestamp"};
    char from[100];
    char to[100];

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(from, sizeof from, "%s/prefix/%s", WINE_TEMPLATE, names[i]);
        snprintf(to, sizeof to, "%s/%s", WINE_PREFIX, names[i]);
        if (symlink(from, to) == -1)
            return -1;
    }
    return 0;
}

/* Ended ones have no part in it. */
static void
reap(void)
{
    while (waitpid(-1, NULL, WNOHANG) > 0)
        continue;
}

/* Waits until nobody does anything: another Wine might start services. */
static int
await_rest(void)
{
    static struct hang hang;
    const struct timespec pause = {0, 2000000};
    const long long end = clock_ms() + BEGIN_SECONDS * 1000;

    while (clock_ms() < end) {
        reap();
        if (hang_prove(&hang) != STILL_NOT)
            return 0;
        nanosleep(&pause, NULL);
    }
    return -1;
}

static void
hide_all(void)
{
    static struct proc_stat stats[PROC_LIMIT];
    size_t n = proc_descendants(stats, PROC_LIMIT);

    for (size_t i = 0; i < n; i++) {
        if (strncmp(stats[i].name, "wineserver", 10) == 0)
            server = stats[i].pid;
        proc_hide(stats[i].pid);
    }
}

/* All that is in /tmp now, and it is one folder. */
static void
note_folder(void)
{
    DIR *dir = opendir("/tmp");
    struct dirent *entry;

    while (dir != NULL && (entry = readdir(dir)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            snprintf(folder, sizeof folder, "%.60s", entry->d_name);
    if (dir != NULL)
        closedir(dir);
}

int
wine_owns(const char *file)
{
    return folder[0] != '\0' && strcmp(file, folder) == 0;
}

int
wine_begin(const char *kit)
{
    char loader[256] = "";
    char program[256] = "";
    char booted[256];
    char *start[] = {program, "-p", NULL};
    char *boot[] = {loader, booted, NULL};

    snprintf(booted, sizeof booted, "Z:%s/tools/booted.exe", kit);
    if (readlink(WINE_TEMPLATE "/loader", loader, sizeof loader - 1) == -1 ||
        readlink(WINE_TEMPLATE "/server", program, sizeof program - 1) == -1 ||
        make_prefix() == -1 || run(start) != 0 || run(boot) != 0 ||
        await_rest() == -1)
        return -1;
    hide_all();
    note_folder();
    return server > 0 ? 0 : -1;
}

int
wine_is_on(void)
{
    struct proc_stat stat;

    return server > 0 && proc_stat(server, &stat) == 0 && !stat.is_ending;
}

int
wine_settle(void)
{
    return await_rest() == 0 && wine_is_on() ? 0 : -1;
}

void
wine_become(const char *kit, char *argv[])
{
    char **words = environment(kit, 1);
    char *all[80] = {strchr(words[0], '=') + 1};

    for (size_t i = 0; argv[i] != NULL && i + 2 < sizeof all / sizeof all[0];
         i++)
        all[i + 1] = argv[i];
    fix_addresses();
    execve(all[0], all, words);
}

/* Who may write to it has promised more than has come, or does not read what it
 * answers: then nobody is served until that goes on. */
static int
awaits_one(const struct proc_call *call)
{
    struct stat status;

    return (call->number == SYS_read || call->number == SYS_write ||
               call->number == SYS_writev) &&
           proc_fd_stat(server, (int)call->argument[0], &status) == 0 &&
           S_ISFIFO(status.st_mode);
}

/* It waits for its clients, not for a process that it has just stopped to read
 * its memory. */
static int
awaits_requests(void)
{
    struct proc_call call;

    return proc_call(server, server, &call) == 0 &&
           (call.number == SYS_epoll_pwait || call.number == SYS_ppoll
#ifdef SYS_epoll_wait /* arm64 has only the newer calls */
               || call.number == SYS_epoll_wait || call.number == SYS_poll
#endif
               || awaits_one(&call));
}

int
wine_rests(uint64_t *switches)
{
    char state;

    *switches = 0;
    /* Whoever waits for an ended server waits for good. */
    return server == 0 || proc_thread(server, server, &state, switches) == -1 ||
           state == 'Z' || (state == 'S' && awaits_requests());
}
