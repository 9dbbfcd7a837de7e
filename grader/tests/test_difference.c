/*
 * test_difference.c - a mistake is told only where the texts prove it
 */
#include <stdio.h>
#include <string.h>

#include "difference.h"
#include "nonce.h"
#include "suites.h"

START_TEST(the_first_zero_of_the_line_counts)
{
    static const char bytes[] = "a\0b\ncd\0e\0f";
    static const int is_first[] = {0, 1, 0, 0, 0, 0, 1, 0, 0, 0};

    for (size_t at = 0; at < sizeof is_first / sizeof is_first[0]; at++)
        ck_assert_int_eq(difference_is_first_zero(bytes, sizeof bytes - 1, at),
            is_first[at]);
}
END_TEST

/* As a student would; the compiler knows better. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"
static int
print_as_format(char *printed, size_t size, const char *line)
{
    return snprintf(printed, size, line);
}
#pragma GCC diagnostic pop

/* Whatever the seed. */
START_TEST(a_line_used_as_a_format_shows)
{
    enum {
        SIZE = 400
    };
    char line[SIZE];
    char printed[SIZE];

    for (uint64_t seed = 0; seed < 2000; seed++) {
        nonce_seed(seed);
        nonce_any(line, SIZE);
        ck_assert_mem_eq(line, NONCE_PERCENTS, strlen(NONCE_PERCENTS));
        ck_assert_ptr_eq(memchr(line, '\0', SIZE), line + 9);
        ck_assert_ptr_null(memchr(line, '\n', SIZE));
        ck_assert_ptr_null(memchr(line + strlen(NONCE_PERCENTS), '%', 2));
        int n = print_as_format(printed, SIZE, line);
        ck_assert_int_eq(n, 7);
        ck_assert(difference_is_formatted(line, SIZE, printed, (size_t)n));
        ck_assert(!difference_is_formatted(line, SIZE, line, SIZE));
        ck_assert(!difference_is_formatted(line, SIZE, line + 1, SIZE - 1));
        ck_assert(!difference_is_formatted(line, SIZE, printed, 4));
        ck_assert(!difference_is_formatted(line, 6, printed, (size_t)n));
    }
}
END_TEST

static const struct {
    const char *right;
    const char *more;
    int is_one;
} outputs[] = {
    {"1: a\n2: b\n", "3: \n", 1},
    {"1: a\n2: b\n", "3: b\n", 1},
    {"1: \n", "2: \n", 1},
    {"9: a\n", "10: a\n", 1},
    {"1: a\n2: b\n", "3: a\n", 0}, /* he keeps an older line */
    {"1: a\n2: b\n", "2: b\n", 0}, /* it is printed twice, but read once */
    {"1: a\n2: b\n", "4: \n", 0},
    {"1: a\n2: b\n", "3: \n4: \n", 0},
    {"1: a\n2: b\n", "3: b\n3: b\n", 0},
    {"1: a\n2: b\n", "3: ", 0},
    {"1: a\n2: b\n", "3\n", 0},
    {"1: a\n2: b\n", "3:\n", 0},
    {"1: a\n2: b\n", "\n", 0},
    {"1: a\n2: b\n", "the end\n", 0},
    {"a\nb\n", "b\n", 0}, /* who does not count may print again */
    {"ready\n", "1: \n", 0},
    {"1: a", "2: \n", 0},
    {"", "1: \n", 0}, /* of no line nothing is known */
    {"\n", "1: \n", 0},
};

START_TEST(one_line_more_shows)
{
    char whole[64];
    size_t at = strlen(outputs[_i].right);

    snprintf(whole, sizeof whole, "%s%s", outputs[_i].right, outputs[_i].more);
    ck_assert_int_eq(difference_is_one_line_more(whole, at, strlen(whole)),
        outputs[_i].is_one);
}
END_TEST

Suite *
difference_suite(void)
{
    Suite *suite = suite_create("difference");
    TCase *tests = tcase_create("difference");

    tcase_add_test(tests, the_first_zero_of_the_line_counts);
    tcase_add_test(tests, a_line_used_as_a_format_shows);
    tcase_add_loop_test(tests, one_line_more_shows, 0,
        (int)(sizeof outputs / sizeof outputs[0]));
    suite_add_tcase(suite, tests);
    return suite;
}
