#define _GNU_SOURCE /* syscall(2) */
/*
 * short.c - makes read() and write() of a program move a few bytes at a time
 *
 * Loaded before the C library (LD_PRELOAD, ld.so(8)), it stands in for both. A
 * read may always return less than was asked for (here every other one does, so
 * that who copies has much to write, too); so may a write, except where
 * POSIX promises that it is whole: up to PIPE_BUF bytes into a pipe. What keeps
 * messages apart (datagrams) is left alone, and so are calls that the C library
 * makes itself, for stdio.
 */
#include <limits.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    READ_LIMIT = 7,
    WRITE_LIMIT = PIPE_BUF /* what is whole by promise stays whole */
};

static int
has_messages(int fd)
{
    struct stat status;

    return fstat(fd, &status) == 0 && S_ISSOCK(status.st_mode);
}

ssize_t
read(int fd, void *data, size_t size)
{
    static unsigned char turns[256]; /* one reader a descriptor: no race */
    unsigned char *turn = &turns[fd & 255];

    if (size > READ_LIMIT && !has_messages(fd) && (++*turn & 1) == 1)
        size = READ_LIMIT;
    return syscall(SYS_read, fd, data, size);
}

ssize_t
write(int fd, const void *data, size_t size)
{
    if (size > WRITE_LIMIT && !has_messages(fd))
        size = WRITE_LIMIT;
    return syscall(SYS_write, fd, data, size);
}
