/*
 * expect.h - predicates that know why they said no
 *
 * Each waits by itself: until it holds, or until it can no longer hold (the
 * half has ended, or it is proved that nothing will happen any more). If it
 * does not hold, the item is lost: what was expected, what came and why are
 * told in the verdict, and the item ends.
 */
#ifndef EXPECT_H
#define EXPECT_H

#include <stddef.h>

#include "pair.h"

/* The next line of standard output is this one. */
void expect_line(struct half_view *half, const char *line);

/* The same for "ready", and then the server sits still, waiting for input. */
void expect_ready(struct half_view *server);

/* The half ends and the rest of its output is exactly this. */
void expect_output(struct half_view *half, const char *text);
void expect_output_bytes(
    struct half_view *half, const char *bytes, size_t size);

/* The half was started with START_PATTERN, and these bytes are what came. */
void expect_pattern(struct half_view *half, uint64_t size);

/* The half ends with this exit status. */
void expect_exit(struct half_view *half, int status);

/* The half has said something on standard error, in one line, and all these
 * words up to NULL occur in it. */
void expect_said(struct half_view *half, ...) __attribute__((sentinel));

/* Everybody waits for something to happen; nobody spins or polls. */
void expect_settled(struct half_view *half);

/* When nothing happens any more the half has not ended: it waits "for ...",
 * or "until ...". */
void expect_waiting(struct half_view *half, const char *what);

/* The half, if it has ended, was not ended by a signal or by a sanitizer. */
void expect_no_crash(struct half_view *half);

/* Nothing is left in the sandbox but these files of the work folder (up to
 * NULL): no other file, no semaphore, no process. */
void expect_left(struct half_view *half, ...) __attribute__((sentinel));

/* The half has the file of the work folder mapped, all size bytes of it, with
 * the access "rw-s" (as in /proc/PID/maps; '?' where it does not matter). */
void expect_mapped(struct half_view *half, const char *file, uint64_t size,
    const char *access);

/* The item is lost unless is_true; got is formatted as by printf(). id: of a
 * diagnosis (diagnosis.h), or "" if nothing more than got is known. */
void expect_that(struct half_view *half, int is_true, const char *id,
    const char *expected, const char *got, ...)
    __attribute__((format(printf, 5, 6)));

/* Is what the half has printed the same as expected? From a student's Windows
 * program "\r\n" is taken for "\n", with a remark. */
int expect_is_same(const struct half_view *half, const char *expected,
    size_t expected_size, const char *got, size_t got_size);

/* The file of that kind ("work", "shm") and name, or NULL. */
const struct census_file *census_find(const char *where, const char *file);

#endif
