/*
 * sandbox.c - see sandbox.h
 */
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bwrap.h"
#include "cage.h"
#include "image.h"
#include "sweep.h"
#include "text.h"
#include "wine.h"

enum {
    SOCKET = 3, /* the warden's end, see warden.c */
    COMPILE_SECONDS = 20,
    COMPILE_MEMORY = 2000000000,
    COMPILE_BYTES = 16 << 20
};

static int walled = 1;

void
sandbox_choose(int is_walled)
{
    walled = is_walled;
}

int
sandbox_is_walled(void)
{
    return walled;
}

static _Noreturn void
run_walled(
    const struct sandbox_file *files, size_t n, int socket, const char *wine)
{
    struct bwrap command = {.n = 0};

    bwrap_walls(&command);
    if (wine != NULL)
        BWRAP_ADD(&command, "--ro-bind", wine, WINE_TEMPLATE, "--size",
            "16777216", "--tmpfs", WINE_PREFIX);
    bwrap_files(&command, files, n);
    BWRAP_ADD(&command, "--chdir", "/work", "--as-pid-1", "--cap-add",
        "CAP_SYS_PTRACE", "--cap-add", "CAP_SETPCAP", "/kit/warden", "/kit");
    if (wine != NULL)
        BWRAP_ADD(&command, "", "wine");
    if (dup2(socket, SOCKET) == -1 || bwrap_place(files, n) == -1)
        _exit(125);
    execvp(command.argv[0], command.argv);
    _exit(125);
}

/* Without walls: a folder of its own, with the same two folders in it.
 * Writes its path to folder. Returns 0, or -1. */
static int
make_folder(char folder[32], const struct sandbox_file *files, size_t n)
{
    char path[160];

    snprintf(folder, 32, "/tmp/grade-XXXXXX");
    if (mkdtemp(folder) == NULL || chdir(folder) == -1 ||
        mkdir("kit", 0700) == -1 || mkdir("work", 0700) == -1)
        return -1;
    for (size_t i = 0; i < n; i++) {
        snprintf(path, sizeof path, "kit/%s", files[i].path);
        for (char *slash = path + 4; (slash = strchr(slash, '/'));) {
            *slash = '\0';
            mkdir(path, 0700);
            *slash++ = '/';
        }
        if (image_save(files[i].image, path, files[i].mode | 0600) == -1)
            return -1;
    }
    return 0;
}

static _Noreturn void
run_bare(
    const struct sandbox_file *files, size_t n, int socket, const char *word)
{
    char folder[32];
    char kit[40];

    if (make_folder(folder, files, n) == -1 || chdir("work") == -1 ||
        dup2(socket, SOCKET) == -1)
        _exit(125);
    setsid();
    snprintf(kit, sizeof kit, "%s/kit", folder);
    execl("../kit/warden", "warden", kit, word, (char *)NULL);
    _exit(125);
}

/* Without walls all items of the machine have the same System V keys: ftok()
 * makes them of 24 bits of a file's number, and a file that is new gets the
 * number of one that has been removed, while the object made with it may still
 * be there. So one item runs at a time, of whatever grader: who has locked the
 * folder that they are all in. Returns a descriptor, or -1. */
static int
take_turn(void)
{
    int fd = open("/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    while (fd != -1 && flock(fd, LOCK_EX) == -1)
        if (errno != EINTR) {
            close(fd);
            return -1;
        }
    return fd;
}

int
sandbox_enter(struct sandbox *sandbox, const struct sandbox_file *files,
    size_t nfiles, int warden, const char *word, const char *wine)
{
    struct sandbox_file all[SANDBOX_FILES];
    int ends[2];

    if (nfiles >= SANDBOX_FILES ||
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == -1)
        return -1;
    memcpy(all, files, nfiles * sizeof *files);
    all[nfiles] = (struct sandbox_file){"warden", warden, 0111};
    sandbox->turn = walled ? -1 : take_turn();
    sandbox->pid = walled || sandbox->turn != -1 ? fork() : -1;
    if (sandbox->pid == -1) {
        close(ends[0]);
        close(ends[1]);
        if (sandbox->turn != -1)
            close(sandbox->turn);
        return -1;
    }
    if (sandbox->pid == 0) {
        if (walled)
            run_walled(all, nfiles + 1, ends[1], wine);
        run_bare(all, nfiles + 1, ends[1], word);
    }
    close(ends[1]);
    sandbox->socket = ends[0];
    sandbox->is_walled = walled;
    return 0;
}

void
sandbox_leave(struct sandbox *sandbox)
{
    close(sandbox->socket);
    /* Without walls the warden cleans up when the socket is closed. With them
     * bwrap's death takes process 1, which is then our child (we are a
     * subreaper), and the kernel ends the rest before it can be reaped. */
    if (sandbox->is_walled)
        kill(sandbox->pid, SIGKILL);
    while (waitpid(-1, NULL, 0) != -1 || errno != ECHILD)
        continue;
    if (sandbox->turn != -1)
        close(sandbox->turn);
}

static _Noreturn void
run_compiler(const char *script, const struct sandbox_file *files, size_t n)
{
    struct bwrap command = {.n = 0};

    bwrap_walls(&command);
    bwrap_files(&command, files, n);
    BWRAP_ADD(&command, "--chdir", "/kit", "--setenv", "PATH", "/usr/bin:/bin",
        "--setenv", "LC_ALL", "C", "/bin/sh", "-c", script);
    if (bwrap_place(files, n) == 0 &&
        cage_limit(RLIMIT_AS, COMPILE_MEMORY) == 0)
        execvp(command.argv[0], command.argv);
    _exit(125);
}

static _Noreturn void
run_compiler_bare(
    const char *script, const struct sandbox_file *files, size_t n)
{
    char folder[32];
    char limited[2048];
    int status = 125 << 8;

    snprintf(limited, sizeof limited, "ulimit -v %d; %s", COMPILE_MEMORY / 1024,
        script);
    if (make_folder(folder, files, n) == 0 && chdir("kit") == 0)
        status = system(limited);
    sweep_processes();
    if (chdir("../work") == 0)
        sweep_folders("../kit");
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 125);
}

int
sandbox_run(const char *script, const struct sandbox_file *files, size_t nfiles,
    int output, int messages)
{
    int status = -1;
    pid_t pid = fork();

    if (pid == -1)
        return -1;
    if (pid == 0) {
        int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
        signal(SIGPIPE, SIG_DFL);
        if (null == -1 || dup2(null, 0) == -1 || dup2(output, 1) == -1 ||
            dup2(messages, 2) == -1 ||
            cage_limit(RLIMIT_CPU, COMPILE_SECONDS) == -1 ||
            cage_limit(RLIMIT_FSIZE, COMPILE_BYTES) == -1 ||
            cage_limit(RLIMIT_CORE, 0) == -1)
            _exit(125);
        if (walled)
            run_compiler(script, files, nfiles);
        run_compiler_bare(script, files, nfiles);
    }
    while (waitpid(pid, &status, 0) == -1)
        if (errno != EINTR)
            return -1;
    return status;
}

int
sandbox_check(char *why, size_t size)
{
    char said[512] = "";
    int ends[2];

    why[0] = '\0';
    if (pipe(ends) == -1)
        return -1;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    int status = sandbox_run("exit 0", NULL, 0, ends[1], ends[1]);
    close(ends[1]);
    ssize_t n = read(ends[0], said, sizeof said - 1);
    close(ends[0]);
    if (status == 0)
        return 0;
    if (n > 0)
        said[strcspn(said, "\n")] = '\0';
    if (WIFEXITED(status) && WEXITSTATUS(status) == 125)
        text_add(why, size,
            "bubblewrap (bwrap) is not installed: type 'make setup'");
    else
        text_add(why, size,
            "bubblewrap cannot make a sandbox here (%s). User namespaces must "
            "be allowed: on Ubuntu 'sudo apt-get install apparmor-profiles' "
            "and enable its bwrap-userns-restrict profile; in Docker start the "
            "container with '--security-opt seccomp=unconfined --security-opt "
            "systempaths=unconfined'; on Debian 'sudo sysctl -w "
            "kernel.unprivileged_userns_clone=1'. To grade only your own work, "
            "add --no-sandbox",
            said);
    return -1;
}
