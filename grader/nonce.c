/*
 * nonce.c - see nonce.h
 */
#include "nonce.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "pattern.h"

static uint64_t item_seed;

void
nonce_seed(uint64_t seed)
{
    item_seed = seed;
}

uint64_t
nonce_number(int n)
{
    uint64_t state = item_seed + (uint64_t)n * UINT64_C(0x9e3779b97f4a7c15);

    return pattern_random(&state);
}

const char *
name(void)
{
    static char text[24];

    snprintf(text, sizeof text, "n%08" PRIx32, (uint32_t)nonce_number(-1));
    return text;
}

const char *
nonce(int n)
{
    enum {
        WORDS = 8
    };
    static char texts[WORDS][24];
    char *text = texts[(unsigned int)n % WORDS];

    snprintf(text, sizeof texts[0], "%06" PRIx64 " %05" PRIx64,
        nonce_number(n) & 0xffffff, nonce_number(n) >> 44);
    return text;
}

const char *
nonce_line(int n)
{
    static char texts[4][32];
    char *text = texts[(unsigned int)n % 4];

    snprintf(text, sizeof texts[0], "%s\n", nonce(n));
    return text;
}

void
nonce_any(char *line, size_t size)
{
    enum {
        FIRST_ZERO = 9
    };

    pattern_fill(nonce_number(3), 0, line, size);
    for (size_t i = 0; i < size; i++)
        if (line[i] == '\n' ||
            (i < FIRST_ZERO && (line[i] == '\0' || line[i] == '%')))
            line[i] = 'x';
    memcpy(line, NONCE_PERCENTS, strlen(NONCE_PERCENTS));
    line[FIRST_ZERO] = '\0';
}

void
nonce_letters(char *line, size_t size)
{
    for (size_t i = 0; i < size; i++)
        line[i] = (char)('a' + nonce_number((int)i) % 26);
}
