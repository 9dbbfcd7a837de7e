/*
 * test_sysv.c - System V objects: who has made them, and what is not ours
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "census_sysv.h"
#include "pair_sysv.h"
#include "room.h"
#include "suites.h"

/* Objects under the key of the item's own name, in the room. */
static void
make_all(void)
{
    pair_make(name(), S_IFREG | 0600, NULL, 0);
    sysv_make(name(), SYSV_QUEUE, 0);
    sysv_make(name(), SYSV_SEGMENT, 64);
    sysv_make(name(), SYSV_SET, 3);
}

START_TEST(an_item_begins_with_no_objects)
{
    const struct census_sysv *list;

    ck_assert_uint_eq(pair_sysv(&list), 0);
}
END_TEST

START_TEST(lists_what_is_there)
{
    const struct census_sysv *one;

    make_all();
    ck_assert_int_eq(sysv_send(name(), 5, "hello", 5), 0);
    ck_assert_int_eq(sysv_add(name(), 2, 7), 0);
    one = sysv_only(SYSV_QUEUE);
    ck_assert(one != NULL);
    ck_assert_int_eq(one->mode, 0600);
    ck_assert_uint_eq(one->count, 1);
    ck_assert_uint_eq(one->bytes, 5);
    ck_assert_uint_gt(one->limit, 0);
    int key = one->key;
    one = sysv_only(SYSV_SEGMENT);
    ck_assert(one != NULL);
    ck_assert_int_eq(one->key, key);
    ck_assert_uint_eq(one->bytes, 64);
    ck_assert_uint_eq(one->count, 0);
    one = sysv_only(SYSV_SET);
    ck_assert(one != NULL);
    ck_assert_uint_eq(one->count, 3);
    ck_assert_int_eq(one->semaphore[2].value, 7);
    ck_assert_int_eq(one->semaphore[0].value, 0);
    for (int kind = SYSV_QUEUE; kind <= SYSV_SET; kind++)
        ck_assert_int_eq(sysv_remove(name(), (enum sysv_kind)kind), 0);
    ck_assert_uint_eq(pair_sysv(&one), 0);
    ck_assert_int_eq(sysv_remove(name(), SYSV_QUEUE), -1);
}
END_TEST

START_TEST(sends_receives_stores_and_fetches)
{
    char bytes[16] = "";

    make_all();
    ck_assert_int_eq(sysv_receive(name(), 0, bytes, sizeof bytes), -1);
    ck_assert_int_eq(sysv_send(name(), 5, "hello", 5), 0);
    ck_assert_int_eq(sysv_receive(name(), 5, bytes, sizeof bytes), 5);
    ck_assert_int_eq(memcmp(bytes, "hello", 5), 0);
    ck_assert_int_eq(sysv_limit(name(), 8), 0);
    ck_assert_int_eq(sysv_send(name(), 5, "12345678", 8), 0);
    ck_assert_int_eq(sysv_send(name(), 5, "9", 1), -1);
    ck_assert_int_eq(sysv_store(name(), 60, "tail", 4), 0);
    ck_assert_int_eq(sysv_store(name(), 61, "tail", 4), -1);
    ck_assert_int_eq(sysv_fetch(name(), 60, bytes, 4), 0);
    ck_assert_int_eq(memcmp(bytes, "tail", 4), 0);
    ck_assert_int_eq(sysv_add(name(), 0, -1), -1);
}
END_TEST

/* "semop" raises a semaphore first and waits for it then. */
START_TEST(ends_a_half_at_a_call)
{
    const struct census_sysv *set;
    struct rule rule = {.verb = RULE_KILL, .call = "semop("};

    pair_direct(START_LOGGED, -1, NULL);
    for (int count = 1; count <= 2; count++) {
        struct half_view *half = pair_start(
            STUDENT, "act", "shell", "read x; exec wait semop", NULL);
        pair_wait(half, UNTIL_SETTLED, 0);
        rule.nth = (uint32_t)count;
        half_rule(half, &rule);
        half_send(half, "go\n");
        pair_wait(half, UNTIL_ENDED, 0);
        ck_assert(WIFSIGNALED(half_state(half)->status));
    }
    size_t n = pair_sysv(&set);
    ck_assert_uint_eq(n, 2);
    int total = 0;
    for (size_t i = 0; i < n; i++)
        total += set[i].semaphore[2].value;
    ck_assert_int_eq(total, 1); /* the second one only */
}
END_TEST

/* ---- without a sandbox ---- */

static int made[3];

static void
make_ours(void)
{
    made[0] = msgget(IPC_PRIVATE, 0600);
    made[1] = shmget(IPC_PRIVATE, 4096, 0600);
    made[2] = semget(IPC_PRIVATE, 1, 0600);
}

static int
is_there(enum sysv_kind kind)
{
    struct census_sysv found;

    return census_sysv_find(kind, made[kind], &found) == 0;
}

static void
remove_ours(void)
{
    msgctl(made[0], IPC_RMID, NULL);
    shmctl(made[1], IPC_RMID, NULL);
    semctl(made[2], 0, IPC_RMID);
}

/* A child makes a queue, a segment and a set under the key of a file, and uses
 * them or not. */
static void
make_by_child(const char *file, int is_used)
{
    struct {
        long type;
        char text[4];
    } message = {.type = 1};
    pid_t pid = fork();

    if (pid == 0) {
        key_t key = ftok(file, 'L');
        struct sembuf up = {0, 1, 0};
        int queue = msgget(key, IPC_CREAT | 0600);
        int set = semget(key, 1, IPC_CREAT | 0600);
        shmget(key, 4096, IPC_CREAT | 0600);
        if (is_used)
            _exit(msgsnd(queue, &message, 4, 0) | semop(set, &up, 1));
        _exit(0);
    }
    census_sysv_note(); /* it is there: running, or a zombie */
    ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
}

START_TEST(sweeps_only_what_is_ours)
{
    static struct census_sysv list[CENSUS_SYSV];
    int file;

    ck_assert_int_eq(chdir(scratch("")), 0);
    make_ours(); /* beforehand: somebody else's */
    census_sysv_begin();
    file = creat("key", 0600);
    ck_assert_int_ne(file, -1);
    close(file);
    make_by_child("key", _i);
    if (_i) /* then nobody can tell from the key any more */
        ck_assert_int_eq(unlink("key"), 0);
    size_t n = census_sysv(list);
    ck_assert_uint_eq(n, 3);
    census_sysv_sweep();
    ck_assert_uint_eq(census_sysv(list), 0);
    for (int kind = SYSV_QUEUE; kind <= SYSV_SET; kind++)
        ck_assert_int_eq(is_there((enum sysv_kind)kind), 1);
    remove_ours();
}
END_TEST

/* Made meanwhile, by nobody whom we have started. */
START_TEST(leaves_what_others_make)
{
    static struct census_sysv list[CENSUS_SYSV];
    int ready[2];

    census_sysv_begin();
    ck_assert_int_eq(pipe(ready), 0);
    pid_t pid = fork();
    if (pid == 0) { /* its child is an orphan soon, and not ours */
        if (fork() == 0) {
            make_ours();
            (void)!write(ready[1], made, sizeof made);
        }
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    ck_assert_int_eq(read(ready[0], made, sizeof made), sizeof made);
    ck_assert_uint_eq(census_sysv(list), 0);
    census_sysv_sweep();
    for (int kind = SYSV_QUEUE; kind <= SYSV_SET; kind++)
        ck_assert_int_eq(is_there((enum sysv_kind)kind), 1);
    remove_ours();
}
END_TEST

/* The file was ours; what has its number now need not be. */
START_TEST(leaves_what_has_the_key_of_a_removed_file)
{
    static struct census_sysv list[CENSUS_SYSV];

    ck_assert_int_eq(chdir(scratch("")), 0);
    census_sysv_begin();
    close(creat("key", 0600));
    key_t key = ftok("key", 'L');
    ck_assert_int_ne(key, -1);
    census_sysv_note();
    ck_assert_int_eq(unlink("key"), 0);
    int queue = msgget(key, IPC_CREAT | IPC_EXCL | 0600);
    ck_assert_int_ne(queue, -1);
    size_t n = census_sysv(list);
    msgctl(queue, IPC_RMID, NULL);
    ck_assert_uint_eq(n, 0);
}
END_TEST

Suite *
sysv_suite(void)
{
    Suite *suite = suite_create("sysv");
    TCase *tcase = tcase_create("in a sandbox");

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_checked_fixture(tcase, room_enter, room_leave);
    tcase_add_test(tcase, an_item_begins_with_no_objects);
    tcase_add_test(tcase, lists_what_is_there);
    tcase_add_test(tcase, sends_receives_stores_and_fetches);
    tcase_add_test(tcase, ends_a_half_at_a_call);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("without one");
    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_unchecked_fixture(tcase, scratch_enter, scratch_leave);
    tcase_add_loop_test(tcase, sweeps_only_what_is_ours, 0, 2);
    tcase_add_test(tcase, leaves_what_others_make);
    tcase_add_test(tcase, leaves_what_has_the_key_of_a_removed_file);
    suite_add_tcase(suite, tcase);
    return suite;
}
