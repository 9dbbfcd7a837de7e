/*
 * aside.c - aside.so, loaded into what Wine runs: its own words go aside
 *
 * Wine writes what it has to tell of a program (relay.h) to descriptor 2, which
 * is the program's standard error, too. The program's own words never come
 * through here: Wine writes them to another descriptor of the same pipe.
 */
#define _GNU_SOURCE /* syscall(2), to get at the call that has this name */
#include <sys/syscall.h>
#include <unistd.h>

#include "wine.h"

ssize_t
write(int fd, const void *bytes, size_t size)
{
    return syscall(SYS_write, fd == STDERR_FILENO ? WINE_LOG : fd, bytes, size);
}
