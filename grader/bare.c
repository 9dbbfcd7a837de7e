/*
 * bare.c - see bare.h
 */
#include "bare.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "image.h"
#include "landlock.h"
#include "places.h"
#include "sweep.h"
#include "walls.h"

enum {
    SOCKET = 3 /* the warden's end, see warden.c */
};

int
bare_make_parents(char *path, mode_t mode)
{
    for (char *slash = path; (slash = strchr(slash, '/')) != NULL;) {
        *slash = '\0';
        int result = mkdir(path, mode);
        *slash++ = '/';
        if (result == -1 && errno != EEXIST)
            return -1;
    }
    return 0;
}

/* A folder of its own, with the same two folders in it as in a sandbox; it
 * becomes the current one. Writes its path to folder. Returns 0, or -1. */
static int
make_folder(char folder[32], const struct sandbox_file *files, size_t n)
{
    char path[160];

    snprintf(folder, 32, BARE_FOLDER "XXXXXX");
    if (mkdtemp(folder) == NULL || chdir(folder) == -1 ||
        mkdir("kit", 0700) == -1 || mkdir("work", 0700) == -1)
        return -1;
    for (size_t i = 0; i < n; i++) {
        snprintf(path, sizeof path, "kit/%s", files[i].path);
        if (bare_make_parents(path, 0700) == -1 ||
            image_save(files[i].image, path, files[i].mode | 0600) == -1)
            return -1;
    }
    return 0;
}

/* Removes what an item has left that has ended its warden and its grader. */
static void
clean_up_after(const char *folder)
{
    if (strncmp(folder, BARE_FOLDER, strlen(BARE_FOLDER)) != 0)
        return;
    sweep_standing(folder);
    sweep_whole(folder);
}

static void
give_places(struct sandbox *sandbox)
{
    if (sandbox->place.fd != -1)
        place_give(&sandbox->place);
}

static _Noreturn void
become_warden(const struct sandbox *sandbox, const struct sandbox_file *files,
    size_t n, int socket, const char *word)
{
    char folder[32];
    char kit[40];

    if (make_folder(folder, files, n) == -1 ||
        place_note(&sandbox->place, folder) == -1 || chdir("work") == -1 ||
        dup2(socket, SOCKET) == -1)
        _exit(125);
    setsid();
    snprintf(kit, sizeof kit, "%s/kit", folder);
    execl("../kit/warden", "warden", kit, walls_in_use()->name, word,
        (char *)NULL);
    _exit(125);
}

int
bare_enter(struct sandbox *sandbox, const struct sandbox_file *files, size_t n,
    int socket, const char *word, const char *wine)
{
    (void)wine;
    if (place_of_user(&sandbox->place, "", 0) == 0) {
        clean_up_after(sandbox->place.left);
        sandbox->number = sandbox->place.number;
        sandbox->pid = fork();
    }
    if (sandbox->pid == 0)
        become_warden(sandbox, files, n, socket, word);
    if (sandbox->pid != -1)
        return 0;
    give_places(sandbox);
    return -1;
}

/* Its warden cleans up when the socket is closed. */
void
bare_leave(struct sandbox *sandbox)
{
    while (waitpid(-1, NULL, 0) != -1 || errno != ECHILD)
        continue;
    give_places(sandbox);
}

/* What a compiler needs: its own folder, and the system. */
static void
enter_landlock(const char *folder)
{
    char kit[64];
    char work[64];
    const struct landlock_rule own[] = {
        {kit, LANDLOCK_READ}, {work, LANDLOCK_ALL}, {NULL, LANDLOCK_READ}};
    int rules = landlock_begin(1);

    snprintf(kit, sizeof kit, "%s/kit", folder);
    snprintf(work, sizeof work, "%s/work", folder);
    if (rules == -1 || landlock_add(rules, landlock_system) == -1 ||
        landlock_add(rules, own) == -1 ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1 ||
        landlock_enter(rules) == -1)
        _exit(125);
}

void
bare_script(const char *script, const char *folder, int has_landlock)
{
    char temporary[64];
    char *argv[] = {"sh", "-c", (char *)script, NULL};
    char *environment[] = {"PATH=/usr/bin:/bin", "LC_ALL=C", temporary, NULL};

    snprintf(temporary, sizeof temporary, "TMPDIR=%s/work", folder);
    if (has_landlock)
        enter_landlock(folder);
    if (sandbox_limit_memory() == 0)
        execve("/bin/sh", argv, environment);
    _exit(125);
}

static _Noreturn void
run_and_sweep(const char *script, const struct sandbox_file *files, size_t n,
    int output, int messages)
{
    char folder[32] = "";
    int status = 125 << 8;
    pid_t pid = -1;

    prctl(PR_SET_CHILD_SUBREAPER, 1);
    if (make_folder(folder, files, n) == 0 && chdir("kit") == 0)
        pid = fork();
    if (pid == 0) {
        setsid(); /* no terminal to wait for */
        if (sandbox_streams(output, messages) == -1)
            _exit(125);
        bare_script(script, folder, walls_in_use()->level == WALLS_LANDLOCK);
    }
    if (pid > 0)
        status = sandbox_wait(pid);
    sweep_processes();
    if (*folder != '\0')
        sweep_whole(folder);
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 125);
}

int
bare_run(const char *script, const struct sandbox_file *files, size_t n,
    int output, int messages)
{
    int status = -1;
    pid_t pid = fork();

    if (pid == 0)
        run_and_sweep(script, files, n, output, messages);
    while (pid != -1 && waitpid(pid, &status, 0) == -1)
        if (errno != EINTR)
            return -1;
    return status;
}
