/*
 * aside.c - aside.so, loaded into what Wine runs: its own words go aside
 *
 * Wine writes what it has to tell of a program (relay.h) to descriptor 2, which
 * is the program's standard error, too. The program's own words never come
 * through here: Wine writes them to another descriptor of the same pipe.
 */
#define _GNU_SOURCE /* syscall(2), to get at the call that has this name */
#include <execinfo.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "wine.h"

ssize_t
write(int fd, const void *bytes, size_t size)
{
    return syscall(SYS_write, fd == STDERR_FILENO ? WINE_LOG : fd, bytes, size);
}

/* The first thread that ends loads libgcc_s (pthread_exit(3) unwinds its stack)
 * and holds the loader's lock meanwhile. If the process ends just then, Wine
 * ends that thread by a signal, the lock stays taken, and exit(3) waits for it
 * for ever. So it is loaded before there is a second thread: the first
 * backtrace() does that, too (backtrace(3)). */
__attribute__((constructor)) static void
load_unwinder(void)
{
    void *frame;

    backtrace(&frame, 1);
}
