/*
 * difference.c - see difference.h
 */
#include "difference.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "nonce.h"

/* Where the line of the byte at begins. */
static size_t
line_start(const char *bytes, size_t at)
{
    while (at > 0 && bytes[at - 1] != '\n')
        at--;
    return at;
}

int
difference_is_first_zero(const char *bytes, size_t size, size_t at)
{
    size_t start = line_start(bytes, at);

    return memchr(bytes + start, '\0', size - start) == bytes + at;
}

int
difference_is_formatted(const char *expected, size_t expected_size,
    const char *got, size_t got_size)
{
    const size_t before = strlen(NONCE_PERCENTS);
    const size_t after = strlen(NONCE_FORMATTED);

    return expected_size >= before && got_size >= after &&
           memcmp(expected, NONCE_PERCENTS, before) == 0 &&
           memcmp(got, NONCE_FORMATTED, after) == 0;
}

/* A line "N: TEXT". */
struct numbered {
    unsigned long n;
    const char *text;
    size_t length;
};

/* end: its '\n'. Returns 1, or 0 if it is no such line. */
static int
read_numbered(const char *line, const char *end, struct numbered *numbered)
{
    char *colon;

    if (!isdigit((unsigned char)*line))
        return 0;
    numbered->n = strtoul(line, &colon, 10);
    if (end - colon < 2 || memcmp(colon, ": ", 2) != 0)
        return 0;
    numbered->text = colon + 2;
    numbered->length = (size_t)(end - numbered->text);
    return 1;
}

int
difference_is_one_line_more(const char *output, size_t at, size_t size)
{
    struct numbered last;
    struct numbered more;

    if (at == 0 || output[at - 1] != '\n' || output[size - 1] != '\n')
        return 0;
    const char *before = output + line_start(output, at - 1);
    return read_numbered(before, output + at - 1, &last) &&
           read_numbered(output + at, output + size - 1, &more) &&
           more.n == last.n + 1 &&
           (more.length == 0 ||
               (more.length == last.length &&
                   memcmp(more.text, last.text, more.length) == 0));
}
