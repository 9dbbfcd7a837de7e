/*
 * wine_template.c - see wine_template.h
 */
#include "wine_template.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab.h"

int
wine_template(const char *root, char *path, size_t size)
{
    char script[4400];
    int ends[2];
    int status = -1;

    snprintf(script, sizeof script, "%s/grader/wine/template.sh", root);
    if (pipe(ends) == -1)
        return -1;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    pid_t pid = fork();
    if (pid == 0) {
        if (dup2(ends[1], 1) != -1)
            execl("/bin/sh", "sh", script, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    ssize_t n = pid == -1 ? -1 : read_all(ends[0], path, size - 1);
    close(ends[0]);
    if (n <= 0 || waitpid(pid, &status, 0) != pid || status != 0) {
        if (pid != -1 && status == -1)
            waitpid(pid, &status, 0);
        return -1;
    }
    path[n] = '\0';
    path[strcspn(path, "\n")] = '\0';
    return 0;
}
