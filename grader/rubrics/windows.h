/*
 * windows.h - what the rubrics of Windows programs say
 */
#ifndef WINDOWS_H
#define WINDOWS_H

#include "expect.h"

/* Gives the stranger (grader/wine/stranger.c) a command and returns his answer,
 * valid until the next; "" while he waits. He is started when he is first
 * needed, and does not appear in reports. */
const char *ask_stranger(const char *command, ...)
    __attribute__((format(printf, 1, 2)));

/* What he has said since then, or "". */
const char *hear_stranger(void);

/* The nth call (from 0) in the log of the half that begins with these words,
 * "CreateFile(", or NULL. Valid until the next request. */
const struct relay_call *find_win32_call(
    const struct half_view *half, const char *words, int nth);

/* How many there are. */
int count_win32_calls(const struct half_view *half, const char *words);

/* There is at least one; why: what it is good for. */
void expect_win32_call(struct half_view *half, const char *words,
    const char *id, const char *expected);

/* The half calls none of these, up to NULL: another mechanism. */
void expect_no_win32_call(struct half_view *half, const char *expected, ...)
    __attribute__((sentinel));

#endif
