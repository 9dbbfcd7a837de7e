/*
 * lab.c - see lab.h
 */
#include "lab.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK = 4096,       /* bytes read from standard input at a time */
    COPY_BLOCK = 65536, /* and copied at a time: a pipe's usual capacity */
    NAME_LIMIT = 64
};

static const char *program = "?";

/* Standard input, read in blocks: the bytes [next, end) are still unread. */
static char block[BLOCK];
static size_t next;
static size_t end;
static int is_over; /* the end was seen: a terminal would start again */

/* What each platform does in its own way, at the end of this file. */

/* What the last call that failed has left, errno or GetLastError(). */
static int last_error(void);
static void set_last_error(int error);

/* One line on standard error, "WHO: MESSAGE: what error means"; error 0 means
 * that there is none to tell. */
static void say(const char *who, int error, const char *format,
    va_list arguments) __attribute__((format(printf, 3, 0)));

/* Whoever comes second waits here, silently, until the first has ended us. */
static void begin_end(void);

static lab_file standard_input(void);
static lab_file standard_output(void);

/* As read() and write(), but never interrupted. */
static ssize_t read_some(lab_file file, void *data, size_t size);
static ssize_t write_some(lab_file file, const void *data, size_t size);

static void speak(const char *who, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
speak(const char *who, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say(who, 0, format, arguments);
    va_end(arguments);
}

void
usage(const char *arguments)
{
    speak("usage", "%s%s%s", program, *arguments != '\0' ? " " : "", arguments);
    exit(2);
}

void
die(const char *format, ...)
{
    int error = last_error();
    va_list arguments;

    begin_end();
    va_start(arguments, format);
    say(program, error, format, arguments);
    va_end(arguments);
    exit(1);
}

void
diex(const char *format, ...)
{
    va_list arguments;

    begin_end();
    va_start(arguments, format);
    say(program, 0, format, arguments);
    va_end(arguments);
    exit(1);
}

void
complain(const char *format, ...)
{
    int error = last_error();
    va_list arguments;

    va_start(arguments, format);
    say(program, error, format, arguments);
    va_end(arguments);
    set_last_error(error);
}

void
complainx(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say(program, 0, format, arguments);
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
    speak(program,
        "NAME is 1 to %d letters, digits, _ or -, "
        "the first a letter or digit",
        NAME_LIMIT);
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
    speak(program, "%s is a number from 0 to %d", what, INT_MAX);
    exit(2);
}

/* Reads the next block. Returns its size, 0 at the end, -1 for an error. */
static ssize_t
refill(void)
{
    ssize_t n;

    if (is_over)
        return 0;
    n = read_some(standard_input(), block, sizeof block);
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
    /* One write for the usual line, so that it appears whole. */
    char whole[BLOCK + 1];

    if (length <= BLOCK) {
        memcpy(whole, text, length);
        whole[length] = '\n';
        return write_all(standard_output(), whole, length + 1);
    }
    if (write_all(standard_output(), text, length) == -1)
        return -1;
    return write_all(standard_output(), "\n", 1);
}

ssize_t
read_all(lab_file file, void *data, size_t size)
{
    size_t done = 0;

    while (done < size) {
        ssize_t n = read_some(file, (char *)data + done, size - done);
        if (n == 0)
            break;
        if (n == -1)
            return -1;
        done += (size_t)n;
    }
    return (ssize_t)done;
}

int
write_all(lab_file file, const void *data, size_t size)
{
    size_t done = 0;

    while (done < size) {
        ssize_t n = write_some(file, (const char *)data + done, size - done);
        if (n == -1)
            return -1;
        done += (size_t)n;
    }
    return 0;
}

int
copy_all(lab_file from, lab_file to)
{
    char bytes[COPY_BLOCK];

    for (;;) {
        ssize_t n = read_some(from, bytes, sizeof bytes);
        if (n <= 0)
            return (int)n;
        if (write_all(to, bytes, (size_t)n) == -1)
            return -1;
    }
}

#ifdef _WIN32
#include "lab_win32.c"
#else
#include "lab_posix.c"
#endif
