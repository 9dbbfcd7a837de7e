/*
 * test_pattern.c - the sequence is the same however it is cut into pieces
 */
#include <string.h>

#include "pattern.h"
#include "suites.h"

enum {
    SIZE = 300000
};

static char whole[SIZE];

START_TEST(does_not_depend_on_the_pieces)
{
    static char piece[SIZE];
    static const size_t sizes[] = {1000, 65535, 65536, 65537, SIZE};

    pattern_fill(7, 0, whole, SIZE);
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++)
        for (size_t at = 0; at < SIZE; at += sizes[s]) {
            size_t n = sizes[s] < SIZE - at ? sizes[s] : SIZE - at;
            pattern_fill(7, at, piece, n);
            ck_assert(memcmp(piece, whole + at, n) == 0);
        }
    pattern_fill(7, 65536 * 2 - 1, piece, 2);
    ck_assert_mem_eq(piece, whole + 65536 * 2 - 1, 2);
}
END_TEST

START_TEST(a_byte_lost_or_moved_shows)
{
    static const size_t places[] = {0, 1, 65535, 65536, 131072, 200000};

    pattern_fill(9, 0, whole, SIZE);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        size_t at = places[i];
        ck_assert(memcmp(whole + at, whole + at + 1, 1000) != 0);
        ck_assert(memcmp(whole + at, whole + (at + 65536) % 200001, 1000) != 0);
        ck_assert(memcmp(whole + at, whole + (at + 4096) % 200001, 1000) != 0);
    }
}
END_TEST

START_TEST(has_every_byte_value)
{
    int seen[256] = {0};

    pattern_fill(11, 0, whole, SIZE);
    for (size_t i = 0; i < SIZE; i++)
        seen[(unsigned char)whole[i]]++;
    for (int i = 0; i < 256; i++)
        ck_assert_int_gt(seen[i], SIZE / 256 / 2);
}
END_TEST

START_TEST(depends_on_the_seed)
{
    char other[64];

    pattern_fill(1, 0, whole, 64);
    pattern_fill(2, 0, other, 64);
    ck_assert(memcmp(whole, other, 64) != 0);
    pattern_fill(1, 0, other, 64);
    ck_assert_mem_eq(whole, other, 64);
}
END_TEST

/* splitmix64, from the state 0: the numbers of its reference implementation. */
START_TEST(random_numbers_are_those_of_splitmix64)
{
    uint64_t state = 0;

    ck_assert_uint_eq(pattern_random(&state), UINT64_C(0xe220a8397b1dcdaf));
    ck_assert_uint_eq(pattern_random(&state), UINT64_C(0x6e789e6aa1b965f4));
}
END_TEST

Suite *
pattern_suite(void)
{
    Suite *suite = suite_create("pattern");
    TCase *tcase = tcase_create("pattern");

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_test(tcase, does_not_depend_on_the_pieces);
    tcase_add_test(tcase, a_byte_lost_or_moved_shows);
    tcase_add_test(tcase, has_every_byte_value);
    tcase_add_test(tcase, depends_on_the_seed);
    tcase_add_test(tcase, random_numbers_are_those_of_splitmix64);
    suite_add_tcase(suite, tcase);
    return suite;
}
