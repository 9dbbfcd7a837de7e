#define _GNU_SOURCE /* unshare(2) */
/*
 * cell.c - see cell.h
 *
 * Memory is measured by a cgroup (cgroups(7)): of the machine's memory, nothing
 * else tells what belongs to whom when shared objects outlive their makers.
 * Either version will do, if this user may make one below his own or the root.
 */
#include "cell.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "jobs.h"
#include "lab.h"
#include "proc.h"

enum {
    AT_MOST = 5 /* GB: for the sake of the machine */
};

static const struct version {
    const char *root;
    const char *limit;
    const char *peak;
} versions[] = {
    {"/sys/fs/cgroup/memory", "memory.limit_in_bytes",
        "memory.max_usage_in_bytes"},
    {"/sys/fs/cgroup", "memory.max", "memory.peak"},
};

static int
write_text(const char *folder, const char *file, const char *text)
{
    char path[256];

    snprintf(path, sizeof path, "%s/%s", folder, file);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd == -1)
        return -1;
    int result = write_all(fd, text, strlen(text));
    close(fd);
    return result;
}

/* Makes a group with a limit. Returns its version, or NULL. */
static const struct version *
make_group(char folder[128])
{
    char limit[32];

    snprintf(limit, sizeof limit, "%lld", (long long)AT_MOST << 30);
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        snprintf(folder, 128, "%s/hostile-%d", versions[i].root, (int)getpid());
        if (mkdir(folder, 0755) == -1)
            continue;
        if (write_text(folder, versions[i].limit, limit) == 0)
            return &versions[i];
        rmdir(folder);
    }
    return NULL;
}

const char *
cell_problem(void)
{
    char folder[128];

    if (make_group(folder) == NULL)
        return "no memory cgroup can be made here";
    rmdir(folder);
    return NULL;
}

/* Folders of the cell's own, in which nothing may be left. A kit in /tmp must be
 * seen there. */
static const char *const folders[] = {"/dev/shm", "/dev/mqueue", "/tmp"};

static int
is_ours(const char *folder)
{
    char here[PATH_MAX];
    size_t length = strlen(folder);

    return getcwd(here, sizeof here) != NULL &&
           strncmp(here, folder, length) == 0 && here[length] == '/';
}

static int
live_apart(void)
{
    if (unshare(CLONE_NEWIPC | CLONE_NEWNS) == -1 ||
        mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == -1)
        return -1;
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        int is_mqueue = strcmp(folders[i], "/dev/mqueue") == 0;
        if (!is_ours(folders[i]) &&
            mount(is_mqueue ? "mqueue" : "tmpfs", folders[i],
                is_mqueue ? "mqueue" : "tmpfs", 0,
                is_mqueue ? NULL : "mode=1777") == -1)
            return -1;
    }
    return 0;
}

const char *
cell_mixture(void)
{
    int status = -1;
    pid_t pid = fork();

    if (pid == 0)
        _exit(live_apart() != 0);
    if (pid == -1 || waitpid(pid, &status, 0) != pid || status != 0)
        return "this user cannot give each of them an IPC namespace";
    return NULL;
}

static void
look_into(struct cell *cell, const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;

    while (dir != NULL && (entry = readdir(dir)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            snprintf(cell->litter, sizeof cell->litter, "%s/%.80s", folder,
                entry->d_name);
    if (dir != NULL)
        closedir(dir);
}

/* After its headline, a line for each object. */
static void
look_at_objects(struct cell *cell, const char *kind)
{
    char path[64];
    char line[256];

    snprintf(path, sizeof path, "/proc/sysvipc/%s", kind);
    FILE *file = fopen(path, "r");
    for (int n = 0; file != NULL && fgets(line, sizeof line, file) != NULL; n++)
        if (n > 0)
            snprintf(cell->litter, sizeof cell->litter, "%s %.80s", kind, line);
    if (file != NULL)
        fclose(file);
}

static void
look_for_litter(struct cell *cell)
{
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        if (!is_ours(folders[i]))
            look_into(cell, folders[i]);
    look_at_objects(cell, "shm");
    look_at_objects(cell, "msg");
    look_at_objects(cell, "sem");
}

static long
read_peak(const char *folder, const struct version *version)
{
    char path[256];
    long bytes = -1;

    snprintf(path, sizeof path, "%s/%s", folder, version->peak);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return -1;
    if (fscanf(file, "%ld", &bytes) != 1)
        bytes = -1;
    fclose(file);
    return bytes;
}

static double
now(void)
{
    return (double)clock_ms() / 1e3;
}

/* Our child has ended: whoever is left has become our child. */
static void
end_who_is_left(struct cell *cell)
{
    static struct proc_stat stats[PROC_LIMIT];
    size_t n;

    cell->left = 0;
    while ((n = proc_descendants(stats, PROC_LIMIT)) > 0) {
        if (cell->left == 0) {
            cell->left = n;
            snprintf(cell->who, sizeof cell->who, "%s", stats[0].name);
        }
        for (size_t i = 0; i < n; i++)
            kill(stats[i].pid, SIGKILL);
        while (waitpid(-1, NULL, 0) > 0)
            continue;
    }
}

static void
end_now(int number)
{
    (void)number;
}

/* In a process of its own, which is nobody's parent before. */
static void
run(struct cell *cell, const char *command, unsigned int seconds)
{
    struct sigaction alarmed = {.sa_handler = end_now}; /* EINTR */
    struct rusage usage;
    int status = 0;
    double began = now();
    int is_apart = live_apart() == 0;

    prctl(PR_SET_CHILD_SUBREAPER, 1);
    sigaction(SIGALRM, &alarmed, NULL);
    pid_t pid = fork();
    if (pid == 0) {
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    alarm(seconds);
    if (pid == -1 || waitpid(pid, &status, 0) != pid)
        status = SIGALRM;
    alarm(0);
    cell->wall = now() - began;
    cell->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    end_who_is_left(cell);
    if (is_apart)
        look_for_litter(cell);
    getrusage(RUSAGE_CHILDREN, &usage);
    cell->processor =
        (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
        (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

int
cell_run(struct cell *cell, const char *command, unsigned int seconds)
{
    char folder[128];
    const struct version *version = make_group(folder);
    struct cell *shared = jobs_share(sizeof *shared);

    if (shared == NULL)
        return -1;
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (version != NULL)
            write_text(folder, "cgroup.procs", "0");
        run(shared, command, seconds);
        _exit(0);
    }
    int result = pid != -1 && waitpid(pid, NULL, 0) == pid ? 0 : -1;
    *cell = *shared;
    cell->memory = -1;
    if (version != NULL) {
        cell->memory = read_peak(folder, version);
        rmdir(folder);
    }
    munmap(shared, sizeof *shared);
    return result;
}
