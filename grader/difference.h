/*
 * difference.h - mistakes that show in how a text differs from what is right
 */
#ifndef DIFFERENCE_H
#define DIFFERENCE_H

#include <stddef.h>

/* Is the byte at the first '\0' of its line? Who takes a line for a string
 * stops there; one that ends at a later '\0' does so by chance. */
int difference_is_first_zero(const char *bytes, size_t size, size_t at);

/* Has somebody taken a line of any bytes (nonce.h) for a format? Both texts
 * begin where the line does. */
int difference_is_formatted(const char *expected, size_t expected_size,
    const char *got, size_t got_size);

/* Is all that stands from the byte at on one line "N: TEXT", numbered as the
 * next one, its text empty or the same as the last? at < size. Then no line was
 * sent for it. */
int difference_is_one_line_more(const char *output, size_t at, size_t size);

#endif
