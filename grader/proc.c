/*
 * proc.c - see proc.h
 */
#define _GNU_SOURCE /* wait4(2): what a child has burnt */
#include "proc.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lab.h"

/* PF_EXITING among the flags of proc_pid_stat(5): files are closed after it is
 * set. */
enum {
    EXITING = 4
};

enum {
    NS_OF_US = 1000,
    NS_OF_S = 1000000000
};

ssize_t
proc_read(char *text, size_t size, const char *path, ...)
{
    char whole[128] = "/proc/";
    va_list arguments;
    ssize_t n;
    int fd;

    va_start(arguments, path);
    vsnprintf(
        whole + strlen(whole), sizeof whole - strlen(whole), path, arguments);
    va_end(arguments);
    fd = open(whole, O_RDONLY | O_CLOEXEC);
    if (fd == -1)
        return -1;
    n = read_all(fd, text, size - 1);
    close(fd);
    if (n >= 0)
        text[n] = '\0';
    return n;
}

/* Clock ticks would be too coarse. The clock of a process counts all its
 * threads, also those that have ended. */
static uint64_t
own_time(pid_t pid)
{
    struct timespec time;
    clockid_t clock;

    if (clock_getcpuclockid(pid, &clock) != 0 ||
        clock_gettime(clock, &time) == -1)
        return 0;
    return (uint64_t)time.tv_sec * NS_OF_S + (uint64_t)time.tv_nsec;
}

int
proc_stat(pid_t pid, struct proc_stat *stat)
{
    char text[1024];
    uint64_t user = 0;
    uint64_t system = 0;
    int parent = 0;
    int session = 0;
    unsigned int flags = 0;

    if (proc_read(text, sizeof text, "%d/stat", (int)pid) <= 0)
        return -1;
    /* The name stands in parentheses and may contain some itself. */
    char *open = strchr(text, '(');
    char *close = strrchr(text, ')');
    if (open == NULL || close == NULL || close < open)
        return -1;
    *close = '\0';
    snprintf(stat->name, sizeof stat->name, "%s", open + 1);
    if (sscanf(close + 2,
            "%c %d %*d %d %*d %*d %u %*u %*u %*u %*u %*u %*u %" SCNu64
            " %" SCNu64 " %*d %*d %d %*d %" SCNu64,
            &stat->state, &parent, &session, &flags, &user, &system,
            &stat->threads, &stat->start) != 8)
        return -1;
    stat->pid = pid;
    stat->parent = parent;
    stat->session = session;
    stat->is_ending = (flags & EXITING) != 0;
    stat->reaped = (user + system) * (NS_OF_S / (uint64_t)sysconf(_SC_CLK_TCK));
    stat->burnt = own_time(pid) + stat->reaped;
    return 0;
}

static uint64_t reaped;

uint64_t
proc_reaped(void)
{
    return reaped;
}

static uint64_t
nanoseconds(const struct timeval *time)
{
    return (uint64_t)time->tv_sec * NS_OF_S +
           (uint64_t)time->tv_usec * NS_OF_US;
}

pid_t
proc_reap(pid_t pid, int *status, int flags)
{
    struct rusage usage;
    pid_t child = wait4(pid, status, flags, &usage);

    if (child > 0)
        reaped += nanoseconds(&usage.ru_utime) + nanoseconds(&usage.ru_stime);
    return child;
}

/* The numbers that name entries of a folder of /proc. */
static size_t
numbers(const char *folder, int *values, size_t limit)
{
    size_t n = 0;
    DIR *dir = opendir(folder);

    if (dir == NULL)
        return 0;
    struct dirent *entry;
    while (n < limit && (entry = readdir(dir)) != NULL)
        if (isdigit((unsigned char)entry->d_name[0]))
            values[n++] = atoi(entry->d_name);
    closedir(dir);
    return n;
}

static pid_t hidden[16];

static void
replace_hidden(pid_t old, pid_t new)
{
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++)
        if (hidden[i] == old) {
            hidden[i] = new;
            return;
        }
}

void
proc_hide(pid_t pid)
{
    replace_hidden(0, pid);
}

void
proc_unhide(pid_t pid)
{
    replace_hidden(pid, 0);
}

static int
is_hidden(pid_t pid)
{
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++)
        if (hidden[i] == pid)
            return 1;
    return 0;
}

/* Descendants as they are found. */
struct tree {
    struct proc_stat *stats;
    size_t limit;
    size_t n;
};

static void
add_to_tree(struct tree *tree, pid_t pid, pid_t parent)
{
    struct proc_stat *stat = &tree->stats[tree->n];

    if (tree->n == tree->limit || is_hidden(pid))
        return;
    if (proc_stat(pid, stat) == -1)
        *stat = (struct proc_stat){.pid = pid, .parent = parent, .state = 'X'};
    tree->n++;
}

/* Adds the children that a thread has started. Returns 0, or -1 if this kernel
 * does not list them (CONFIG_PROC_CHILDREN), or the thread is gone. */
static int
add_children(struct tree *tree, pid_t pid, pid_t thread)
{
    char text[4096];
    char *end;

    if (proc_read(text, sizeof text, "%d/task/%d/children", (int)pid,
            (int)thread) == -1)
        return -1;
    for (char *word = text;; word = end) {
        pid_t child = (pid_t)strtol(word, &end, 10);
        if (end == word)
            return 0;
        add_to_tree(tree, child, pid);
    }
}

static int
add_children_of(struct tree *tree, pid_t pid, int threads)
{
    pid_t list[PROC_LIMIT];
    int result = -1;

    if (threads == 1)
        return add_children(tree, pid, pid);
    for (size_t i = 0, n = proc_threads(pid, list, PROC_LIMIT); i < n; i++)
        if (add_children(tree, pid, list[i]) == 0)
            result = 0;
    return result;
}

/* The same from the parents of all processes there are. */
static void
search_all(struct tree *tree)
{
    enum {
        ALL = 4096
    };
    static int pids[ALL];
    static struct proc_stat all[ALL];
    size_t n = numbers("/proc", pids, ALL);
    size_t known = 0;

    for (size_t i = 0; i < n; i++)
        if (!is_hidden(pids[i]) && proc_stat(pids[i], &all[known]) == 0)
            known++;
    /* Generation by generation: a parent is found before its children. */
    for (size_t done = 0, first = 1; first || done < tree->n; first = 0) {
        pid_t parent = first ? getpid() : tree->stats[done++].pid;
        for (size_t i = 0; i < known && tree->n < tree->limit; i++)
            if (all[i].parent == parent && all[i].pid != parent)
                tree->stats[tree->n++] = all[i];
    }
}

size_t
proc_descendants(struct proc_stat *stats, size_t limit)
{
    struct tree tree = {stats, limit, 0};

    if (add_children_of(&tree, getpid(), 0) == -1)
        search_all(&tree);
    else
        for (size_t i = 0; i < tree.n; i++)
            add_children_of(&tree, stats[i].pid, stats[i].threads);
    return tree.n;
}

pid_t
proc_tracer(pid_t thread)
{
    char text[4096];
    int tracer = 0;

    if (proc_read(text, sizeof text, "%d/status", (int)thread) <= 0)
        return 0;
    const char *line = strstr(text, "\nTracerPid:");
    if (line == NULL || sscanf(line, "\nTracerPid: %d", &tracer) != 1)
        return 0;
    return tracer;
}

int
proc_is_off(pid_t thread)
{
    char text[256];

    return proc_read(text, sizeof text, "%d/syscall", (int)thread) > 0 &&
           strncmp(text, "running", 7) != 0;
}

size_t
proc_threads(pid_t pid, pid_t *threads, size_t limit)
{
    char folder[64];

    snprintf(folder, sizeof folder, "/proc/%d/task", (int)pid);
    return numbers(folder, threads, limit);
}

int
proc_thread(pid_t pid, pid_t thread, char *state, uint64_t *switches)
{
    char text[4096];
    uint64_t voluntary = 0;
    uint64_t involuntary = 0;

    if (proc_read(
            text, sizeof text, "%d/task/%d/status", (int)pid, (int)thread) <= 0)
        return -1;
    const char *line = strstr(text, "\nState:");
    const char *counts = strstr(text, "\nvoluntary_ctxt_switches:");
    if (line == NULL || counts == NULL ||
        sscanf(line, "\nState: %c", state) != 1 ||
        sscanf(counts,
            "\nvoluntary_ctxt_switches: %" SCNu64
            "\nnonvoluntary_ctxt_switches: %" SCNu64,
            &voluntary, &involuntary) != 2)
        return -1;
    *switches = voluntary + involuntary;
    return 0;
}

/* After SIGCONT, poll(2) goes on as restart_syscall(2), even if it waits for
 * ever. The arguments are the same, and the number that the program has asked
 * for stands before its call: mov $7, %eax; syscall. */
static void
find_restarted(pid_t pid, uint64_t after, struct proc_call *call)
{
#ifdef SYS_poll /* arm64 has ppoll(2), which begins again */
    static const unsigned char poll_call[] = {
        0xb8, SYS_poll, 0, 0, 0, 0x0f, 0x05};
    unsigned char code[sizeof poll_call];

    if (call->number == SYS_restart_syscall && (int32_t)call->argument[2] < 0 &&
        proc_memory(pid, after - sizeof code, code, sizeof code) ==
            (ssize_t)sizeof code &&
        memcmp(code, poll_call, sizeof code) == 0)
        call->number = SYS_poll;
#else
    (void)pid, (void)after, (void)call;
#endif
}

int
proc_call(pid_t pid, pid_t thread, struct proc_call *call)
{
    char text[256];
    uint64_t after = 0;

    call->number = -1;
    if (proc_read(text, sizeof text, "%d/task/%d/syscall", (int)pid,
            (int)thread) <= 0)
        return -1;
    if (sscanf(text,
            "%ld %" SCNx64 " %" SCNx64 " %" SCNx64 " %" SCNx64 " %" SCNx64
            " %" SCNx64 " %*x %" SCNx64,
            &call->number, &call->argument[0], &call->argument[1],
            &call->argument[2], &call->argument[3], &call->argument[4],
            &call->argument[5], &after) != 8)
        call->number = -1;
    find_restarted(pid, after, call);
    return 0;
}

int
proc_fd(pid_t pid, int fd, char *target, size_t size)
{
    char path[64];
    ssize_t n;

    snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)pid, fd);
    n = readlink(path, target, size - 1);
    if (n == -1)
        return -1;
    target[n] = '\0';
    return 0;
}

int
proc_fd_stat(pid_t pid, int fd, struct stat *status)
{
    char path[64];

    snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)pid, fd);
    return stat(path, status);
}

int
proc_fd_flags(pid_t pid, int fd)
{
    char text[2048];
    unsigned int flags = 0;

    if (proc_read(text, sizeof text, "%d/fdinfo/%d", (int)pid, fd) <= 0)
        return -1;
    const char *line = strstr(text, "flags:");
    if (line == NULL || sscanf(line, "flags: %o", &flags) != 1)
        return -1;
    return (int)flags;
}

int
proc_fd_access(pid_t pid, int fd)
{
    int flags = proc_fd_flags(pid, fd);

    return flags == -1 ? -1 : flags & O_ACCMODE;
}

static int
by_number(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

size_t
proc_fds(pid_t pid, int *fds, size_t limit)
{
    char folder[64];

    snprintf(folder, sizeof folder, "/proc/%d/fd", (int)pid);
    size_t n = numbers(folder, fds, limit);
    qsort(fds, n, sizeof *fds, by_number);
    return n;
}

ssize_t
proc_memory(pid_t pid, uint64_t address, void *data, size_t size)
{
    char path[64];
    ssize_t n;
    int fd;

    snprintf(path, sizeof path, "/proc/%d/mem", (int)pid);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd == -1)
        return -1;
    n = pread(fd, data, size, (off_t)address);
    close(fd);
    return n;
}

/* Where the heap begins and ends. Returns 0, or -1 if there is none. */
static int
find_heap(pid_t pid, uint64_t *start, uint64_t *end)
{
    enum {
        SIZE = 65536
    };
    static char text[SIZE];

    if (proc_read(text, sizeof text, "%d/maps", (int)pid) <= 0)
        return -1;
    char *heap = strstr(text, "[heap]");
    if (heap == NULL)
        return -1;
    while (heap > text && heap[-1] != '\n')
        heap--;
    return sscanf(heap, "%" SCNx64 "-%" SCNx64, start, end) == 2 ? 0 : -1;
}

int
proc_heap_has(pid_t pid, const char *bytes, size_t size)
{
    enum {
        HEAP_LIMIT = 1 << 22
    };
    uint64_t start;
    uint64_t end;
    int found = 0;

    if (size == 0 || find_heap(pid, &start, &end) == -1)
        return 0;
    size_t length =
        end - start < HEAP_LIMIT ? (size_t)(end - start) : HEAP_LIMIT;
    char *heap = malloc(length);
    ssize_t n = heap == NULL ? -1 : proc_memory(pid, start, heap, length);
    for (ssize_t i = 0; i + (ssize_t)size <= n && !found; i++)
        found = memcmp(heap + i, bytes, size) == 0;
    free(heap);
    return found;
}

uint64_t
proc_written(pid_t pid)
{
    char text[512];
    uint64_t bytes = UINT64_MAX;

    if (proc_read(text, sizeof text, "%d/io", (int)pid) <= 0)
        return UINT64_MAX;
    const char *line = strstr(text, "wchar:");
    if (line == NULL || sscanf(line, "wchar: %" SCNu64, &bytes) != 1)
        return UINT64_MAX;
    return bytes;
}

int
proc_has_timer(pid_t pid)
{
    char text[4096];
    char target[64];
    int fds[PROC_LIMIT];

    if (proc_read(text, sizeof text, "%d/timers", (int)pid) > 0)
        return 1;
    for (size_t i = 0, n = proc_fds(pid, fds, PROC_LIMIT); i < n; i++)
        if (proc_fd(pid, fds[i], target, sizeof target) == 0 &&
            strstr(target, "[timerfd]") != NULL)
            return 1;
    return 0;
}

int
proc_catches(pid_t pid, int signal)
{
    char text[4096];
    unsigned long long caught = 0;

    if (proc_read(text, sizeof text, "%d/status", (int)pid) <= 0)
        return 0;
    const char *line = strstr(text, "\nSigCgt:");
    if (line == NULL || sscanf(line, "\nSigCgt: %llx", &caught) != 1)
        return 0;
    return (int)(caught >> (signal - 1) & 1);
}
