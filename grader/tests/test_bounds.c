/*
 * test_bounds.c - all processes of an item together have bounds
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lab.h"
#include "room.h"
#include "suites.h"
#include "walls.h"

/* An item would be lost at once: here the warden is asked by ourselves. */
static void
ask(struct request *request, struct reply *reply)
{
    static char answer[PAYLOAD_LIMIT];

    ck_assert_int_eq(write_all(room.socket, request, sizeof *request), 0);
    ck_assert_int_eq(
        read_all(room.socket, reply, sizeof *reply), sizeof *reply);
    ck_assert_uint_le(reply->size, sizeof answer);
    ck_assert_int_eq(read_all(room.socket, answer, reply->size), reply->size);
}

static void
wait_for(struct half_view *half, enum condition condition, struct reply *reply)
{
    struct request request = {
        .kind = REQUEST_WAIT, .half = half->number, .condition = condition};

    ask(&request, reply);
}

static void
rest(void)
{
    const struct timespec time = {0, 50000000};

    nanosleep(&time, NULL);
}

static const struct {
    const char *word;
    const char *argument;
    enum excess excess;
    int is_walled; /* what a sandbox alone knows */
} greedy[] = {
    {"hoard", "12 100", EXCESS_MEMORY, 0},
    {"segments", "700", EXCESS_OBJECTS, 1},
    {"hoard", "38 0", EXCESS_AT_ONCE, 0},
};

/* Whatever a look was for, the item ends; and nothing is left running. */
START_TEST(ends_who_takes_too_much)
{
    static struct reply reply;
    struct request processes = {.kind = REQUEST_PROCESSES};

    if (greedy[_i].is_walled && room.walls->level != WALLS_NAMESPACES)
        return;
    struct half_view *half =
        pair_start(STUDENT, "act", greedy[_i].word, greedy[_i].argument, NULL);
    do
        wait_for(half, UNTIL_ENDED, &reply);
    while (reply.excess == EXCESS_NONE);
    ck_assert_uint_eq(reply.excess, greedy[_i].excess);
    do
        ask(&processes, &reply);
    while (reply.size > 0);
    ck_assert_int_eq(pair_recycle(&room, ""), 0);
    ck_assert_str_eq(room_shell("echo works"), "works\n");
}
END_TEST

/* Nobody asks for anything meanwhile. */
START_TEST(looks_between_two_requests)
{
    static struct reply reply;
    struct request output = {.kind = REQUEST_OUTPUT, .count = 1};

    pair_start(STUDENT, "act", "hoard", "12 100", NULL);
    do {
        rest();
        ask(&output, &reply);
    } while (reply.excess == EXCESS_NONE);
    ck_assert_uint_eq(reply.excess, EXCESS_MEMORY);
}
END_TEST

/* 20 times 100 MB, but there are only 100. */
START_TEST(counts_what_is_shared_once)
{
    static struct reply reply;
    struct half_view *half =
        pair_start(STUDENT, "act", "share", "20 100", NULL);

    for (int i = 0; i < 5; i++) {
        wait_for(half, UNTIL_SETTLED, &reply);
        rest();
    }
    ck_assert_uint_eq(reply.excess, EXCESS_NONE);
    ck_assert(!reply.half[0].has_ended);
}
END_TEST

static void
find_excess(const char *word, const char *argument, struct reply *reply)
{
    struct half_view *half = pair_start(STUDENT, "wait", word, argument, NULL);

    do
        wait_for(half, UNTIL_ENDED, reply);
    while (reply->excess == EXCESS_NONE);
}

/* The kernel adds them to nobody. */
START_TEST(adds_up_what_vanishes)
{
    static struct reply reply;

    find_excess("vanishing-children", "100", &reply);
    ck_assert_uint_eq(reply.excess, EXCESS_TIME);
}
END_TEST

/* Who lives shorter than from look to look may not be seen at all. Only the
 * numbers of a namespace tell. */
START_TEST(counts_short_lives)
{
    static struct reply reply;

    if (room.walls->level != WALLS_NAMESPACES)
        return;
    find_excess("vanishing-children", "0", &reply);
    ck_assert_uint_eq(reply.excess, EXCESS_PROCESSES);
    ck_assert_uint_gt(reply.burnt, 4000000000); /* or may have */
    ck_assert_int_eq(pair_recycle(&room, ""), 0);
    pair_start(STUDENT, "wait", "signal", NULL);
    wait_for(pair_half(0), UNTIL_SETTLED, &reply);
    ck_assert_uint_eq(reply.excess, EXCESS_NONE);
    ck_assert_uint_lt(reply.burnt, 4000000000);
}
END_TEST

/* Two seconds of a process do not count for much, but those of many do. */
START_TEST(adds_processor_time_up)
{
    static struct reply reply;
    struct half_view *half;
    int n = 0;

    do {
        if (n < 8)
            half = pair_start(STUDENT, "wait", "work", "2000", NULL);
        n++;
        wait_for(half, UNTIL_SETTLED, &reply);
    } while (reply.excess == EXCESS_NONE && n < 1000);
    ck_assert_uint_eq(reply.excess, EXCESS_TIME);
    ck_assert_uint_gt(reply.burnt, (uint64_t)BOUNDS_SECONDS * 1000000000);
}
END_TEST

static void
add(Suite *suite, const char *name, void (*enter)(void))
{
    TCase *tcase = tcase_create(name);

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_checked_fixture(tcase, enter, room_leave);
    tcase_add_loop_test(
        tcase, ends_who_takes_too_much, 0, sizeof greedy / sizeof greedy[0]);
    tcase_add_test(tcase, looks_between_two_requests);
    tcase_add_test(tcase, counts_what_is_shared_once);
    tcase_add_test(tcase, adds_processor_time_up);
    tcase_add_test(tcase, adds_up_what_vanishes);
    tcase_add_test(tcase, counts_short_lives);
    suite_add_tcase(suite, tcase);
}

Suite *
bounds_suite(void)
{
    Suite *suite = suite_create("bounds");

    add(suite, "in a sandbox", room_enter);
    add(suite, "without walls", room_enter_bare);
    return suite;
}
