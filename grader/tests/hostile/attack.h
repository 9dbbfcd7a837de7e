#define _GNU_SOURCE /* what an attacker may use is everything */
/*
 * attack.h - before every hostile half: headers, and a few verbs
 *
 * A half is compiled with protocol.h and lab.h only, so this is not included
 * but put in front of its source (test_hostile.c).
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <mqueue.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "lab.h"

static void attack(void);

/* Calls visit with every other process that can be seen or guessed. */
__attribute__((unused)) static void
everybody(void (*visit)(pid_t pid))
{
    DIR *dir = opendir("/proc");
    struct dirent *entry;

    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        pid_t pid = (pid_t)atoi(entry->d_name);
        if (pid > 0 && pid != getpid())
            visit(pid);
    }
    if (dir != NULL)
        closedir(dir);
    else
        for (pid_t pid = 1; pid < 64; pid++)
            if (pid != getpid())
                visit(pid);
}

/* Writes a file, whatever it is; nothing is said of trouble. */
__attribute__((unused)) static void
put(const char *path, const void *bytes, size_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_NONBLOCK, 0666);

    if (fd == -1)
        return;
    (void)!write(fd, bytes, size);
    close(fd);
}

/* What a file holds, "" if it cannot be read. Valid until the next call. */
__attribute__((unused)) static const char *
get(const char *format, ...)
{
    static char bytes[65536];
    char path[PATH_MAX];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(path, sizeof path, format, arguments);
    va_end(arguments);
    int fd = open(path, O_RDONLY | O_NONBLOCK);
    ssize_t n = fd != -1 ? read(fd, bytes, sizeof bytes - 1) : 0;
    if (fd != -1)
        close(fd);
    bytes[n > 0 ? n : 0] = '\0';
    return bytes;
}

/* A child that does something for ever, in a session of its own. */
__attribute__((unused)) static void
daemon_of(void (*act)(void))
{
    pid_t pid = fork();

    if (pid > 0)
        waitpid(pid, NULL, 0);
    if (pid != 0)
        return;
    setsid();
    if (fork() != 0)
        _exit(0);
    for (;;)
        act();
}
