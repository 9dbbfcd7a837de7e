/*
 * test_cause.c - why a pair is stuck, told in words, with the right id
 */
#include <stdio.h>
#include <string.h>

#include "room.h"
#include "suites.h"

/* '%' in a text stands for the item's own name. */
static const struct {
    const char *word;
    const char *argument;
    unsigned int flags;
    const char *id;
    const char *says;
} causes[] = {
    {"read", "", 0, "AP1", "wait waits in read(3)"},
    {"read", "", 0, "AP1", "still open in wait itself (fd 4)"},
    {"poll-one", "", 0, "AP1", "still open in wait itself (fd 4)"},
    {"held", "", 0, "AP2", "the write end of that pipe is still open in"},
    {"inherit", "", 0, "AP14", "still open in wait itself (fd 4)"},
    {"write", "", 0, "AP3", "wait waits in write(4): the pipe is full"},
    {"both", "", 0, "AP8", "waits in write(), too"},
    {"sem", "%", 0, "SEM1", "wait waits for semaphore \"%\""},
    {"sem-removed", "%", 0, "SEM1", "removed since it was opened"},
    {"sem-mapped", "%", 0, "FM13", "but was made for one process only"},
    {"sem-shared", "%", 0, "", "a lock that lies in a mapped file"},
    {"input", "", 0, "", "wait waits in read(0) for more input"},
    {"input", "", START_TERMINAL, "", "type at the terminal"},
    {"output", "", START_HOLD, "", "the grader reads no more"},
    {"fifo", "%", 0, "", "wait waits in open(\"%\") for a writer"},
    {"fifo-write", "%", 0, "", "wait waits in open(\"%\") for a reader"},
    {"child", "", 0, "", "waits for its child to end"},
    {"join", "", 0, "", "a thread of its own"},
    {"mutex", "", 0, "", "a thread of its own"},
    {"poll", "-1", 0, "",
        "wait waits in poll() for fd 3 to bring something, fd 5"},
    {"select", "0", 0, "",
        "wait waits in select() for fd 3 to bring something"},
    {"epoll", "-1", 0, "", "epoll_wait()"},
    {"lock", "%", 0, "", "a file lock"},
    {"socket", "%", 0, "", "a socket"},
    {"slot", "%", 0, "", "wait waits for a message at its socket \"%\" (fd 3)"},
    {"mailbox", "%", 0, "",
        "to send to \"%\" (fd 3): the mailbox is full, and wait takes nothing"},
    {"fifo-own", "%", 0, "",
        "wait waits in read(3) for more, or the end, of FIFO \"%\""},
    {"receive", "", 0, "",
        "msgrcv() for a message of type 7; the queue holds 1 of other types"},
    {"send", "", 0, "", "room in the queue, which holds 4 messages, 16384 of"},
    {"semop", "", 0, "", "semop() to take 2 from semaphore 2, which is 1"},
    {"signal", "", 0, "", "a signal"},
    {"stop", "", 0, "", "it was stopped"},
};

static void
put_name(char *text, size_t size, const char *pattern)
{
    const char *mark = strchr(pattern, '%');

    if (mark == NULL)
        snprintf(text, size, "%s", pattern);
    else
        snprintf(text, size, "%.*s%s%s", (int)(mark - pattern), pattern, name(),
            mark + 1);
}

START_TEST(tells_the_cause)
{
    char argument[64];
    char says[128];
    struct start how = {.flags = causes[_i].flags};

    put_name(argument, sizeof argument, causes[_i].argument);
    put_name(says, sizeof says, causes[_i].says);
    struct half_view *half =
        pair_start_as(&how, STUDENT, "wait", causes[_i].word, argument, NULL);
    const struct reply *reply = pair_wait(half, UNTIL_ENDED, 0);
    ck_assert_uint_eq(reply->outcome, OUTCOME_STUCK);
    ck_assert_msg(strstr(reply->cause, says) != NULL, "\"%s\" is not in: %s",
        says, reply->cause);
    ck_assert_msg(strcmp(reply->id, causes[_i].id) == 0, "%s, not %s: %s",
        reply->id, causes[_i].id, reply->cause);
}
END_TEST

/* A pair that can go on as soon as the grader sends input is no deadlock. */
START_TEST(blames_nobody_while_input_is_open)
{
    pair_start(STUDENT, "wait", "sem", name(), NULL);
    struct half_view *half = pair_start(STUDENT, "wait", "input", NULL);

    const struct reply *reply = pair_wait(half, UNTIL_SETTLED, 0);
    ck_assert_uint_eq(reply->outcome, OUTCOME_HOLDS);
    ck_assert_str_eq(reply->id, "");
    half_close(half);
    pair_wait(half, UNTIL_ENDED, 0);
    reply = pair_wait(half, UNTIL_SETTLED, 0);
    ck_assert_uint_eq(reply->outcome, OUTCOME_HOLDS);
    ck_assert_str_eq(reply->id, "SEM1");
}
END_TEST

/* Somebody is left, but nobody can find it any more under its name. */
START_TEST(tells_a_semaphore_that_has_lost_its_name)
{
    pair_start(STUDENT, "wait", "signal", NULL);
    struct half_view *half =
        pair_start(STUDENT, "wait", "sem-removed", name(), NULL);

    const struct reply *reply = pair_wait(half, UNTIL_ENDED, 0);
    ck_assert_uint_eq(reply->outcome, OUTCOME_STUCK);
    ck_assert_msg(
        strcmp(reply->id, "SEM2") == 0, "%s: %s", reply->id, reply->cause);
    ck_assert(strstr(reply->cause, "removed or made anew") != NULL);
}
END_TEST

START_TEST(tells_the_proved_mistake_first)
{
    pair_start(STUDENT, "act", "map-shared", name(), NULL);
    struct half_view *half = pair_start(STUDENT, "wait", "read", NULL);

    const struct reply *reply = pair_wait(half, UNTIL_LINES, 1);
    ck_assert_uint_eq(reply->outcome, OUTCOME_STUCK);
    ck_assert_str_eq(reply->id, "AP1");
    ck_assert_msg(strncmp(reply->cause, "wait waits in read(3)", 21) == 0, "%s",
        reply->cause);
    ck_assert_msg(strstr(reply->cause, ". act waits for a signal") != NULL,
        "%s", reply->cause);
}
END_TEST

/* A program that the half has started goes by its own name. */
START_TEST(names_a_child_by_its_program)
{
    struct half_view *half =
        pair_start(STUDENT, "act", "shell", "cat; echo not the last", NULL);

    const struct reply *reply = pair_wait(half, UNTIL_LINES, 1);
    ck_assert_uint_eq(reply->outcome, OUTCOME_STUCK);
    ck_assert_msg(
        strstr(reply->cause, "cat waits in read(0) for more input") != NULL &&
            strstr(reply->cause, "act waits for its child") != NULL,
        "%s", reply->cause);
}
END_TEST

/* Names from outside are shown as they are, cut to size: nothing overflows. */
START_TEST(bears_many_threads_that_wait)
{
    for (int i = 0; i < HALVES - 1; i++)
        pair_start(STUDENT, "wait", i % 2 ? "both" : "poll", "-1", NULL);
    struct half_view *half = pair_start(STUDENT, "wait", "read", NULL);

    const struct reply *reply = pair_wait(half, UNTIL_LINES, 1);
    ck_assert_uint_eq(reply->outcome, OUTCOME_STUCK);
    ck_assert_uint_lt(strlen(reply->cause), CAUSE_SIZE);
    ck_assert_str_eq(reply->id, "AP8");
}
END_TEST

Suite *
cause_suite(void)
{
    Suite *suite = suite_create("cause");
    TCase *tcase = tcase_create("cause");

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_checked_fixture(tcase, room_enter, room_leave);
    tcase_add_loop_test(
        tcase, tells_the_cause, 0, sizeof causes / sizeof causes[0]);
    tcase_add_test(tcase, blames_nobody_while_input_is_open);
    tcase_add_test(tcase, tells_a_semaphore_that_has_lost_its_name);
    tcase_add_test(tcase, tells_the_proved_mistake_first);
    tcase_add_test(tcase, names_a_child_by_its_program);
    tcase_add_test(tcase, bears_many_threads_that_wait);
    suite_add_tcase(suite, tcase);
    return suite;
}
