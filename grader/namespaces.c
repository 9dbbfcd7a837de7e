/*
 * namespaces.c - see namespaces.h
 */
#include "namespaces.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bwrap.h"
#include "leash.h"
#include "sweep.h"
#include "wine.h"

enum {
    SOCKET = 3 /* the warden's end, see warden.c */
};

static _Noreturn void
become_bwrap(
    const struct sandbox_file *files, size_t n, int socket, const char *wine)
{
    struct bwrap command = {.n = 0};

    bwrap_walls(&command);
    if (wine != NULL)
        BWRAP_ADD(&command, "--ro-bind", wine, WINE_TEMPLATE, "--size",
            "16777216", "--tmpfs", WINE_PREFIX);
    bwrap_files(&command, files, n);
    BWRAP_ADD(&command, "--chdir", "/work", "--as-pid-1", "--cap-add",
        "CAP_SYS_PTRACE", "--cap-add", "CAP_SETPCAP", "/kit/warden", "/kit",
        "namespaces");
    if (wine != NULL)
        BWRAP_ADD(&command, "", "wine");
    if (dup2(socket, SOCKET) == -1 || bwrap_place(files, n) == -1)
        _exit(125);
    execvp(command.argv[0], command.argv);
    _exit(125);
}

int
namespaces_enter(struct sandbox *sandbox, const struct sandbox_file *files,
    size_t n, int socket, const char *word, const char *wine)
{
    (void)word;
    sandbox->pid = leash_fork();
    if (sandbox->pid == 0)
        become_bwrap(files, n, socket, wine);
    return sandbox->pid == -1 ? -1 : 0;
}

/* With its leash bwrap dies, and takes process 1, which is then our child (we
 * are a subreaper): the kernel ends the rest before it can be reaped. But a
 * process 1 that bwrap has only just made waits for it, and would wait for
 * ever. */
void
namespaces_leave(struct sandbox *sandbox)
{
    kill(sandbox->pid, SIGKILL);
    sweep_processes();
}

/* A compiler needs no process's secrets, and no device that could wait for
 * something: a terminal, or the other end of one. */
static void
hide_devices(struct bwrap *command)
{
    BWRAP_ADD(command, "--tmpfs", "/proc", "--remount-ro", "/proc", "--tmpfs",
        "/dev", "--dev-bind", "/dev/null", "/dev/null", "--dev-bind",
        "/dev/zero", "/dev/zero", "--dev-bind", "/dev/full", "/dev/full",
        "--dev-bind", "/dev/random", "/dev/random", "--dev-bind",
        "/dev/urandom", "/dev/urandom", "--remount-ro", "/dev");
}

static _Noreturn void
become_compiler(const char *script, const struct sandbox_file *files, size_t n,
    int output, int messages)
{
    struct bwrap command = {.n = 0};

    bwrap_walls(&command);
    bwrap_files(&command, files, n);
    hide_devices(&command);
    BWRAP_ADD(&command, "--chdir", "/kit", "--setenv", "PATH", "/usr/bin:/bin",
        "--setenv", "LC_ALL", "C", "/bin/sh", "-c", script);
    if (sandbox_streams(output, messages) == 0 && bwrap_place(files, n) == 0 &&
        sandbox_limit_memory() == 0)
        execvp(command.argv[0], command.argv);
    /* Where bwrap's own words would be. */
    dprintf(messages, "bwrap cannot be started: %s\n", strerror(errno));
    _exit(SANDBOX_NOT_STARTED);
}

int
namespaces_run(const char *script, const struct sandbox_file *files, size_t n,
    int output, int messages)
{
    pid_t pid = leash_fork();

    if (pid == 0)
        become_compiler(script, files, n, output, messages);
    return pid == -1 ? -1 : sandbox_wait(pid);
}
