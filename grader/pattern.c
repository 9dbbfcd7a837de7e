/*
 * pattern.c - see pattern.h
 */
#include "pattern.h"

enum {
    TABLE = 65536
};

uint64_t
pattern_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

void
pattern_fill(uint64_t seed, uint64_t at, char *bytes, size_t size)
{
    static unsigned char table[TABLE];
    static uint64_t table_seed;
    static int has_table;

    if (!has_table || table_seed != seed) {
        uint64_t state = seed;
        for (size_t i = 0; i < TABLE; i++)
            table[i] = (unsigned char)pattern_random(&state);
        table_seed = seed;
        has_table = 1;
    }
    /* A random table again and again, each time under another mask. */
    while (size > 0) {
        size_t from = (size_t)(at % TABLE);
        size_t piece = size < TABLE - from ? size : TABLE - from;
        unsigned char mask = (unsigned char)(at / TABLE * 151);
        for (size_t i = 0; i < piece; i++)
            bytes[i] = (char)(table[from + i] ^ mask);
        bytes += piece;
        size -= piece;
        at += piece;
    }
}
