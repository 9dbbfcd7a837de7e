/*
 * lab.h - the little that all lab programs share and that is not the lesson
 *
 * Everything that talks to another process is yours to write; what is here
 * names the program, reports trouble, and reads and writes whole lines.
 */
#ifndef LAB_H
#define LAB_H

#include <stddef.h>
#include <sys/types.h>

/* What read_line() returns instead of a length. */
enum {
    LINE_END = -1,      /* no more lines */
    LINE_TOO_LONG = -2, /* a line longer than the limit */
    LINE_ERROR = -3     /* standard input cannot be read; die() says why */
};

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

/* What is read and written; and what is said here of errno is true of
 * GetLastError(). There is no EINTR, and no SIGPIPE. */
typedef HANDLE lab_file;

/* Reads a line of any length, as getline() does: with its '\n', into *line,
 * which is made longer with realloc() (NULL, and *size 0, at first).
 * Returns the number of bytes, LINE_END or LINE_ERROR. */
ssize_t get_line(char **line, size_t *size);

/* Returns one string, to be freed, from the strings of argv, up to NULL. The
 * program started with it finds them in its argv again. ("Parsing C
 * command-line arguments", Microsoft.) */
char *command_line(char *const argv[]);

#else

/* What is read and written. */
typedef int lab_file;

/* From now on clean_up runs exactly once before the program ends: when main()
 * returns, in exit() and die(), and when SIGINT or SIGTERM comes, which then
 * ends the program with status 0. A thread waits for these signals, so that no
 * call of yours is interrupted. Call it once, before you start a thread. */
void clean_up_at_end(void (*clean_up)(void));

#endif

/* Call first: remembers the program's name, ignores SIGPIPE (a write to a
 * pipe that nobody reads then fails with EPIPE instead of killing us). On
 * Win32, stdin and stdout leave '\n' as it is. */
void lab_start(const char *argv0);

/* Prints "usage: PROGRAM ARGUMENTS" ("" for none) and ends the program with status 2. */
_Noreturn void usage(const char *arguments);

/* Prints "PROGRAM: MESSAGE: what errno means", ends with status 1. */
_Noreturn void die(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* The same without errno, for trouble that no system call reported. */
_Noreturn void diex(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* Prints the line that die() prints, and goes on; errno stays as it was. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same without errno. */
void complainx(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Ends the program (status 2) unless name is a word of 1 to 64 characters
 * from [A-Za-z0-9_-] that begins with a letter or digit. */
void check_name(const char *name);

/* Reads a number, 0 to 2147483647, all digits. Anything else ends the program
 * (status 2); what is the argument's name, for the message. */
int parse_count(const char *what, const char *text);

/* Reads a line of standard input: any bytes up to '\n', which is not stored.
 * A last line without '\n' counts. Returns the length, 0 to limit, or one of
 * the constants above; too long is told at the first byte over the limit. */
ssize_t read_line(char *line, size_t limit);

/* Writes length bytes and '\n' to standard output, at once.
 * Returns 0, or -1 with errno set. */
int put_line(const char *text, size_t length);

/* Reads until size bytes came or the end; goes on after EINTR. No bytes, or
 * ERROR_BROKEN_PIPE, are the end on Win32.
 * Returns the number of bytes, less than size only at the end, or -1. */
ssize_t read_all(lab_file file, void *data, size_t size);

/* Writes all size bytes; goes on after EINTR and short writes.
 * Returns 0, or -1 with errno set. */
int write_all(lab_file file, const void *data, size_t size);

/* Milliseconds on a clock that nobody sets (CLOCK_MONOTONIC). */
long long clock_ms(void);

/* Copies bytes, each as soon as it can be read, until the end of from.
 * Returns 0, or -1 with errno set by read() or write(). */
int copy_all(lab_file from, lab_file to);

#endif
