/*
 * lab.c - see lab.h
 */
#include "lab.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    BLOCK = 4096,       /* bytes read from standard input at a time */
    COPY_BLOCK = 65536, /* and copied at a time: a pipe's usual capacity */
    NAME_LIMIT = 64
};

static const char *program = "?";

/* What runs before the end, and the lock of who brings the end about: it is
 * taken once and never given back. */
static void (*last_act)(void);
static pthread_mutex_t end_lock;

/* Standard input, read in blocks: the bytes [next, end) are still unread. */
static char block[BLOCK];
static size_t next;
static size_t end;
static int is_over; /* the end was seen: a terminal would start again */

void
lab_start(const char *argv0)
{
    const char *slash = strrchr(argv0, '/');

    program = slash == NULL ? argv0 : slash + 1;
    signal(SIGPIPE, SIG_IGN);
}

void
usage(const char *arguments)
{
    fprintf(stderr, "usage: %s%s%s\n", program, *arguments != '\0' ? " " : "",
        arguments);
    exit(2);
}

/* One line on standard error; error 0 means that there is no errno to tell. */
static void say(int error, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

static void
say(int error, const char *format, va_list arguments)
{
    fprintf(stderr, "%s: ", program);
    vfprintf(stderr, format, arguments);
    if (error != 0)
        fprintf(stderr, ": %s", strerror(error));
    fputc('\n', stderr);
}

/* Whoever comes second waits here, silently, until the first has ended us. */
static void
begin_end(void)
{
    if (last_act != NULL)
        pthread_mutex_lock(&end_lock);
}

void
die(const char *format, ...)
{
    int error = errno;
    va_list arguments;

    begin_end();
    va_start(arguments, format);
    say(error, format, arguments);
    va_end(arguments);
    exit(1);
}

void
diex(const char *format, ...)
{
    va_list arguments;

    begin_end();
    va_start(arguments, format);
    say(0, format, arguments);
    va_end(arguments);
    exit(1);
}

void
complain(const char *format, ...)
{
    int error = errno;
    va_list arguments;

    va_start(arguments, format);
    say(error, format, arguments);
    va_end(arguments);
    errno = error;
}

void
complainx(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say(0, format, arguments);
    va_end(arguments);
}

void
check_name(const char *name)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz0123456789_-";
    size_t length = strlen(name);

    if (length >= 1 && length <= NAME_LIMIT && name[0] != '_' &&
        name[0] != '-' && strspn(name, letters) == length)
        return;
    fprintf(stderr,
        "%s: NAME is 1 to %d letters, digits, _ or -, "
        "the first a letter or digit\n",
        program, NAME_LIMIT);
    exit(2);
}

int
parse_count(const char *what, const char *text)
{
    size_t digits = strspn(text, "0123456789");
    unsigned long long number = strtoull(text, NULL, 10);

    /* Too large for any type: strtoull() returns ULLONG_MAX. */
    if (digits >= 1 && text[digits] == '\0' && number <= INT_MAX)
        return (int)number;
    fprintf(
        stderr, "%s: %s is a number from 0 to %d\n", program, what, INT_MAX);
    exit(2);
}

static void
clean_up_once(void)
{
    begin_end();
    last_act();
}

/* The thread that waits for the signals; everybody else has them blocked. */
static void *
await_signal(void *signals)
{
    int number;

    if (sigwait(signals, &number) == 0) {
        clean_up_once();
        _exit(0); /* exit() is not for two threads at once */
    }
    return NULL;
}

void
clean_up_at_end(void (*clean_up)(void))
{
    static sigset_t signals;
    pthread_mutexattr_t attributes;
    pthread_t thread;

    /* Recursive: die() takes the lock, and exit() takes it again. */
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&end_lock, &attributes);
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    last_act = clean_up;
    if (atexit(clean_up_once) != 0)
        diex("atexit: no room");
    errno = pthread_create(&thread, NULL, await_signal, &signals);
    if (errno != 0)
        die("pthread_create");
    pthread_detach(thread);
}

/* Reads the next block. Returns its size, 0 at the end, -1 for an error. */
static ssize_t
refill(void)
{
    ssize_t n;

    if (is_over)
        return 0;
    do
        n = read(STDIN_FILENO, block, sizeof block);
    while (n == -1 && errno == EINTR);
    is_over = n == 0;
    next = 0;
    end = n > 0 ? (size_t)n : 0;
    return n;
}

ssize_t
read_line(char *line, size_t limit)
{
    size_t length = 0;

    for (;;) {
        if (next == end) {
            ssize_t n = refill();
            if (n == -1)
                return LINE_ERROR;
            if (n == 0)
                return length > 0 ? (ssize_t)length : LINE_END;
        }
        char byte = block[next++];
        if (byte == '\n')
            return (ssize_t)length;
        if (length == limit)
            return LINE_TOO_LONG;
        line[length++] = byte;
    }
}

int
put_line(const char *text, size_t length)
{
    /* One write() for the usual line, so that it appears whole. */
    char whole[BLOCK + 1];

    if (length <= BLOCK) {
        memcpy(whole, text, length);
        whole[length] = '\n';
        return write_all(STDOUT_FILENO, whole, length + 1);
    }
    if (write_all(STDOUT_FILENO, text, length) == -1)
        return -1;
    return write_all(STDOUT_FILENO, "\n", 1);
}

ssize_t
read_all(int fd, void *data, size_t size)
{
    size_t done = 0;

    while (done < size) {
        ssize_t n = read(fd, (char *)data + done, size - done);
        if (n == 0)
            break;
        if (n == -1 && errno != EINTR)
            return -1;
        if (n > 0)
            done += (size_t)n;
    }
    return (ssize_t)done;
}

int
write_all(int fd, const void *data, size_t size)
{
    size_t done = 0;

    while (done < size) {
        ssize_t n = write(fd, (const char *)data + done, size - done);
        if (n == -1 && errno != EINTR)
            return -1;
        if (n > 0)
            done += (size_t)n;
    }
    return 0;
}

long long
clock_ms(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

int
copy_all(int from, int to)
{
    char bytes[COPY_BLOCK];

    for (;;) {
        ssize_t n = read(from, bytes, sizeof bytes);
        if (n == 0)
            return 0;
        if (n == -1 && errno != EINTR)
            return -1;
        if (n > 0 && write_all(to, bytes, (size_t)n) == -1)
            return -1;
    }
}
