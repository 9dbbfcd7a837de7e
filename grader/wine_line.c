/*
 * wine_line.c - see wine_line.h
 */
#include "wine_line.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cage.h"
#include "lab.h"
#include "wire.h"

/* The student may have made the program what he likes: addr2line(1) reads it
 * with no more rights than a half has. */
static _Noreturn void
run_addr2line(const char *path, uint64_t address, int output)
{
    static char *environment[] = {"PATH=/usr/bin:/bin", "LC_ALL=C", NULL};
    char *tool = "/usr/bin/x86_64-w64-mingw32-addr2line";
    char number[32];
    char *argv[] = {tool, "-e", (char *)path, number, NULL};
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);

    snprintf(number, sizeof number, "0x%llx", (unsigned long long)address);
    if (dup2(null, 0) != -1 && dup2(output, 1) != -1 && dup2(null, 2) != -1) {
        cage_close(1);
        execve(tool, argv, environment);
    }
    _exit(127);
}

void
wine_tell_line(const char *path, uint64_t address, char *text, size_t size)
{
    char line[512] = "";
    int ends[2];
    int status;

    text[0] = '\0';
    if (address == 0 || pipe(ends) == -1)
        return;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    pid_t pid = fork();
    if (pid == 0)
        run_addr2line(path, address, ends[1]);
    close(ends[1]);
    ssize_t n = pid == -1 ? 0 : read_all(ends[0], line, sizeof line - 1);
    close(ends[0]);
    if (pid != -1)
        waitpid(pid, &status, 0);
    line[n > 0 ? n : 0] = '\0';
    const char *slash = strrchr(line, '/');
    const char *file = slash != NULL ? slash + 1 : line;
    const char *colon = strchr(file, ':');
    if (colon != NULL && atoi(colon + 1) > 0 &&
        strncmp(file, "lab_win32.c", 11) != 0) /* it is not the student's */
        snprintf(text, size, " (%.*s line %d)", (int)(colon - file), file,
            atoi(colon + 1));
}

void
wine_tell_crash(
    const char *path, const struct relay *relay, int is_child, char *text)
{
    char line[80];

    text[0] = '\0';
    if (relay_crash(relay, is_child)[0] == '\0')
        return;
    wine_tell_line(
        path, relay_crash_address(relay, is_child), line, sizeof line);
    snprintf(text, CRASH_SIZE, "%.70s%s", relay_crash(relay, is_child), line);
}
