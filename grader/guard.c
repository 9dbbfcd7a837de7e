#define _GNU_SOURCE /* setgroups(2), setresuid(2), setresgid(2), syscall(2) */
/*
 * guard.c - see guard.h
 */
#include "guard.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bare.h"
#include "folder.h"
#include "lab.h"
#include "landlock.h"
#include "places.h"
#include "sweep.h"
#include "tie.h"

enum {
    SOCKET = 3, /* the warden's end, see warden.c */
    FILE_LIMIT = 64 << 20
};

static struct {
    struct place place;
    uid_t half;   /* the halves' id; the warden acts with it, too */
    uid_t warden; /* by which the halves cannot reach it */
    char folder[32];
    int lease;
    struct keeper_news news;
} item;

static int
is_path(const char *path)
{
    size_t n = strnlen(path, 64);

    return n > 0 && n < 64 && path[0] != '/' && strstr(path, "..") == NULL &&
           path[strspn(path, "abcdefghijklmnopqrstuvwxyz0123456789_-./")] ==
               '\0';
}

int
guard_is_sound(const struct keeper_order *order, size_t n)
{
    int streams = order->kind == KEEPER_RUN ? 3 : 2;

    if ((order->kind != KEEPER_ITEM && order->kind != KEEPER_RUN) ||
        order->nfiles > SANDBOX_FILES || n != order->nfiles + streams ||
        memchr(order->script, '\0', sizeof order->script) == NULL)
        return 0;
    for (uint32_t i = 0; i < order->nfiles; i++)
        if (!is_path(order->file[i].path) ||
            (order->file[i].mode & ~0555U) != 0)
            return 0;
    return 1;
}

static void
tell(void)
{
    (void)!write_all(item.lease, &item.news, sizeof item.news);
}

static int __attribute__((format(printf, 1, 2))) refuse(const char *format, ...)
{
    va_list arguments;
    int error = errno;

    va_start(arguments, format);
    vsnprintf(item.news.why, sizeof item.news.why, format, arguments);
    va_end(arguments);
    size_t n = strlen(item.news.why);
    snprintf(
        item.news.why + n, sizeof item.news.why - n, ": %s", strerror(error));
    return -1;
}

/* With the half's id as the effective one, and nothing of root left. By the
 * kernel's rules the halves cannot signal such a process, and it can signal
 * them. Returns 0, or -1 with errno set. */
static int
become_helper(void)
{
    gid_t group = item.half;

    if (setgroups(0, NULL) == -1 || setresgid(group, group, group) == -1)
        return -1;
    return setresuid(item.warden, item.half, item.warden);
}

/* Everybody who has one of the ids ends, at once: while the kernel goes through
 * all processes, nobody can fork. Returns 0, or -1. */
static int
hunt(void)
{
    int status = -1;
    pid_t pid = fork();

    if (pid == 0) {
        if (become_helper() == -1)
            _exit(errno);
        kill(-1, SIGKILL);
        _exit(0);
    }
    if (pid == -1 || waitpid(pid, &status, 0) != pid)
        return -1;
    errno = WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
    if (status != 0)
        return -1;
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
        continue;
    return 0;
}

/* Removes what belongs to the ids. Whoever could make more of it is dead. */
static void
sweep(const char *folder)
{
    char work[64];
    pid_t pid = fork();

    if (pid == 0) {
        if (become_helper() == -1)
            _exit(1);
        snprintf(work, sizeof work, "%s/work", folder);
        if (*folder != '\0')
            folder_renew(work, 0700, NULL);
        sweep_user(item.half);
        _exit(0);
    }
    if (pid > 0)
        waitpid(pid, NULL, 0);
    if (*folder != '\0')
        sweep_whole(folder);
}

static int
is_somebody(uid_t user)
{
    return getpwuid(user) != NULL || getgrgid(user) != NULL;
}

/* A guard before us was killed, and has left its item's folder. Its ids may
 * have been others: the folder tells. Nobody else can take the folder's name:
 * it is root's, in /tmp. */
static void
clean_up_left(void)
{
    const char *folder = item.place.left;
    const uid_t ids[] = {item.half, item.warden};
    char work[PLACE_PATH + 8];
    struct stat status;

    snprintf(work, sizeof work, "%s/work", folder);
    if (strncmp(folder, BARE_FOLDER, strlen(BARE_FOLDER)) != 0 ||
        lstat(folder, &status) == -1 || !S_ISDIR(status.st_mode) ||
        status.st_uid != 0)
        return;
    if (lstat(work, &status) == 0 && status.st_uid != 0) {
        item.half = status.st_uid;
        item.warden = item.half + 1;
        hunt();
    }
    sweep(folder);
    item.half = ids[0];
    item.warden = ids[1];
}

static void
choose_ids(unsigned int first_id)
{
    item.half = first_id + 2 * (unsigned int)item.place.number;
    item.warden = item.half + 1;
}

static int
take_place(unsigned int first_id)
{
    if (place_take(&item.place, GUARD_PLACES, 0) == -1)
        return refuse("no user id can be reserved in " GUARD_PLACES);
    choose_ids(first_id);
    errno = EEXIST;
    if (is_somebody(item.half) || is_somebody(item.warden))
        return refuse("user %u or %u (see --ids)", (unsigned int)item.half,
            (unsigned int)item.warden);
    if (hunt() == -1)
        return refuse("no process can get another user id");
    clean_up_left();
    return 0;
}

/* The grader may have given us any descriptor: it is read as it is, with the
 * grader's right to do so. */
static int
save(int from, const char *path, mode_t mode)
{
    static char block[1 << 16];
    struct stat status;
    off_t at = 0;
    ssize_t n;

    if (fstat(from, &status) == -1 || !S_ISREG(status.st_mode) ||
        status.st_size > FILE_LIMIT)
        return -1;
    int to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (to == -1)
        return -1;
    while ((n = pread(from, block, sizeof block, at)) > 0 && at <= FILE_LIMIT) {
        if (write_all(to, block, (size_t)n) == -1)
            break;
        at += n;
    }
    int result = n == 0 ? fchmod(to, mode) : -1;
    return close(to) == -1 ? -1 : result;
}

/* Root's own, but for the folder that the halves work in. */
static int
make_folder(const struct keeper_order *order, const int *files, int warden)
{
    char path[80];

    umask(022);
    snprintf(item.folder, sizeof item.folder, BARE_FOLDER "XXXXXX");
    if (mkdtemp(item.folder) == NULL || place_note(&item.place, item.folder) ||
        chdir(item.folder) == -1 || chmod(".", 0711) == -1 ||
        mkdir("kit", 0755) == -1 || mkdir("work", 0700) == -1 ||
        chown("work", item.half, item.half) == -1)
        return refuse("%s", item.folder);
    for (uint32_t i = 0; i < order->nfiles; i++) {
        /* Who may not be read may not be watched, either: Landlock says who
         * reads a reference. */
        unsigned int mode = order->file[i].mode;
        snprintf(path, sizeof path, "kit/%s", order->file[i].path);
        if (bare_make_parents(path, 0755) == -1 ||
            save(files[i], path, mode | (mode & 0111) << 2) == -1)
            return refuse("%s/%s", item.folder, path);
    }
    if (order->kind == KEEPER_ITEM && save(warden, "kit/warden", 0500) == -1)
        return refuse("%s/kit/warden", item.folder);
    return 0;
}

/* What a user at a terminal ends us with must not keep us from cleaning up. */
static void
handle_signals(void (*how)(int))
{
    static const int numbers[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE};

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        signal(numbers[i], how);
}

/* The warden gives up root's rights itself, first of all (fence.h): an id that
 * is not the real one would be lost when a program starts. */
static _Noreturn void
become_warden(int socket)
{
    char kit[64];
    char ids[32];
    char *argv[] = {"warden", kit, "users", ids, NULL};
    char *none[] = {NULL};

    snprintf(kit, sizeof kit, "%s/kit", item.folder);
    snprintf(ids, sizeof ids, "%u %u", (unsigned int)item.half,
        (unsigned int)item.warden);
    handle_signals(SIG_DFL);
    setsid();
    if (chdir("work") == 0 && dup2(socket, SOCKET) != -1)
        execve("../kit/warden", argv, none);
    _exit(125);
}

static _Noreturn void
become_script(const struct keeper_order *order, int output, int messages)
{
    uid_t half = item.half;

    handle_signals(SIG_DFL);
    setsid();
    if (setgroups(0, NULL) == -1 || setresgid(half, half, half) == -1 ||
        setresuid(half, half, half) == -1 || chdir("kit") == -1 ||
        sandbox_streams(output, messages) == -1)
        _exit(125);
    bare_script(order->script, item.folder, 1);
}

/* A process whose only child it is waits for the script: see patience.h. What it
 * leaves is ours. */
static _Noreturn void
mind_script(
    pid_t parent, const struct keeper_order *order, int output, int messages)
{
    int status = 125 << 8;

    tie(parent, SIGKILL);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    pid_t pid = fork();
    if (pid == 0)
        become_script(order, output, messages);
    if (pid != -1)
        status = sandbox_wait(pid);
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

static pid_t
start(const struct keeper_order *order, const int *fds)
{
    pid_t parent = getpid();
    pid_t pid = fork();

    if (pid == 0 && order->kind == KEEPER_RUN)
        mind_script(parent, order, fds[1], fds[2]);
    if (pid == 0)
        become_warden(fds[1]);
    return pid;
}

/* Waits until the child has ended (0), or the lease is closed (-1). */
static int
wait_for(pid_t pid)
{
    struct pollfd fds[] = {{item.lease, POLLIN, 0},
        {(int)syscall(SYS_pidfd_open, pid, 0), POLLIN, 0}};
    int result;

    do
        result = poll(fds, 2, -1);
    while (result == -1 && errno == EINTR);
    close(fds[1].fd);
    if (fds[0].revents != 0)
        return -1;
    return waitpid(pid, &item.news.status, 0) == pid ? 0 : -1;
}

/* A warden that was killed may have left a child that has not become a half yet,
 * and holds its socket: the grader would wait for an answer. */
static void
hunt_and_wait(void)
{
    struct pollfd lease = {item.lease, POLLIN, 0};

    hunt();
    while (poll(&lease, 1, -1) == -1 && errno == EINTR)
        continue;
}

static void
carry_out(const struct keeper_order *order, const int *fds, int warden)
{
    const int *files = fds + (order->kind == KEEPER_RUN ? 3 : 2);
    pid_t pid = -1;

    if (make_folder(order, files, warden) == 0) {
        pid = start(order, fds);
        if (pid == -1)
            refuse("no process can be started");
    }
    for (uint32_t i = 0; i < order->nfiles; i++)
        close(files[i]);
    close(fds[1]); /* the warden's socket ends with the warden */
    if (pid != -1)
        item.news.place = item.place.number;
    item.news.pid = pid;
    if (pid == -1 || order->kind == KEEPER_ITEM)
        tell();
    if (pid == -1)
        return;
    if (wait_for(pid) == -1)
        kill(pid, SIGKILL);
    else if (order->kind == KEEPER_RUN)
        tell();
    else
        hunt_and_wait();
}

void
guard(const struct keeper_order *order, const int *fds, int warden,
    unsigned int first_id)
{
    handle_signals(SIG_IGN);
    setsid();
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    item.lease = fds[0];
    item.news.place = -1;
    item.place.fd = -1;
    if (take_place(first_id) == 0) {
        carry_out(order, fds, warden);
        hunt();
        sweep(item.folder);
    } else
        tell();
    if (item.place.fd != -1)
        place_give(&item.place);
    _exit(0); /* which closes the lease: all is gone */
}

void
guard_clean_up(unsigned int first_id)
{
    for (int i = 0; i < PLACES; i++) {
        if (place_take(&item.place, GUARD_PLACES, i) == -1)
            return;
        choose_ids(first_id);
        if (item.place.left[0] != '\0' && hunt() == 0)
            clean_up_left();
        place_give(&item.place);
    }
}
