/*
 * test_walls.c - walls without namespaces: user ids for each item, Landlock
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/prctl.h>
#include <sys/sem.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "image.h"
#include "keeper.h"
#include "landlock.h"
#include "pair_sysv.h"
#include "places.h"
#include "proc.h"
#include "room.h"
#include "skip.h"
#include "suites.h"
#include "walls.h"

START_TEST(a_place_has_one_owner)
{
    struct place one;
    struct place two;
    struct place three;
    const char *folder = scratch("p");

    ck_assert_int_eq(place_take(&one, folder, 0), 0);
    ck_assert_int_eq(place_take(&two, folder, 0), 0);
    ck_assert_int_eq(one.number, 0);
    ck_assert_int_eq(two.number, 1);
    place_give(&one);
    ck_assert_int_eq(place_take(&three, folder, 0), 0);
    ck_assert_int_eq(three.number, 0);
    place_give(&three);
    place_give(&two);
    ck_assert_int_eq(access(folder, F_OK), -1);
}
END_TEST

START_TEST(a_place_tells_what_a_dead_owner_left)
{
    struct place place;
    const char *folder = scratch("p");

    pid_t pid = fork();
    if (pid == 0) {
        if (place_take(&place, folder, 0) == 0)
            place_note(&place, "/tmp/grade-xyz");
        raise(SIGKILL);
    }
    waitpid(pid, NULL, 0);
    ck_assert_int_eq(place_take(&place, folder, 0), 0);
    ck_assert_int_eq(place.number, 0);
    ck_assert_str_eq(place.left, "/tmp/grade-xyz");
    place_give(&place);
    ck_assert_int_eq(place_take(&place, folder, 0), 0);
    ck_assert_str_eq(place.left, "");
    place_give(&place);
}
END_TEST

/* Nobody else can hold us back, or lead us elsewhere. */
START_TEST(a_folder_of_places_must_be_ours_alone)
{
    struct place place;

    ck_assert_int_eq(mkdir(scratch("open"), 0777), 0);
    ck_assert_int_eq(chmod(scratch("open"), 0777), 0);
    ck_assert_int_eq(place_take(&place, scratch("open"), 0), -1);
    ck_assert_int_eq(errno, EPERM);
    ck_assert_int_eq(mkdir(scratch("own"), 0700), 0);
    ck_assert_int_eq(symlink(scratch("own"), scratch("link")), 0);
    ck_assert_int_eq(place_take(&place, scratch("link"), 0), -1);
}
END_TEST

/* Scripts that a hostile half runs, and what they may print: with user ids and
 * with Landlock alone. */
static const struct {
    const char *script;
    const char *output;
} probes[] = {
    /* What can be seen. */
    {"cat /etc/passwd /etc/shadow /etc/hostname", ""},
    {"ls / /home /root /tmp /var /run /sys /work", ""},
    {"cat ../kit/warden; head -c 1 ../kit/reference/*", ""},
    {"../kit/reference/act shell 'echo bad'", ""},
    {"cat /proc/$PPID/environ /proc/$PPID/maps /proc/$PPID/mem", ""},
    {"ls /proc/$PPID/cwd/ /proc/$PPID/root/ /proc/$PPID/fd/", ""},
    /* What can be written. */
    {"for d in / /tmp /var/tmp /dev /etc /usr /usr/bin /run .. ../kit "
     "../kit/student; do : >$d/x && echo $d; mkdir $d/x && echo $d; done",
        ""},
    {"for d in . /dev/shm; do : >$d/x && echo $d; rm $d/x; done",
        ".\n/dev/shm\n"},
    {"mkfifo f && ln -s / l && mkdir d && mv f d/g && echo works", "works\n"},
    {"echo x >../kit/student/act && echo bad; mv ../kit/student/act a", ""},
    {"echo 0 >/proc/sys/kernel/msgmni && echo bad", ""},
    {"unshare -U true && echo bad; mount --bind / . && echo bad", ""},
    /* Nobody is hurt. */
    {"kill -9 $PPID; kill -STOP $PPID; kill -9 1; echo alive", "alive\n"},
    {"grep -E 'CapEff|CapPrm|CapAmb|NoNewPrivs' /proc/self/status | tr -d "
     "'\\t\\n'",
        "CapPrm:0000000000000000CapEff:0000000000000000CapAmb:"
        "0000000000000000NoNewPrivs:1"},
};

enum {
    PROBES = sizeof probes / sizeof probes[0]
};

START_TEST(a_half_cannot)
{
    char script[512];

    snprintf(script, sizeof script, "exec 2>/dev/null; %s", probes[_i].script);
    ck_assert_str_eq(room_shell(script), probes[_i].output);
    /* And the warden still does its work. */
    ck_assert_str_eq(room_shell("echo works"), "works\n");
}
END_TEST

/* The same user's: kill(-1) finds the halves of the item, and nobody else. */
START_TEST(ends_only_its_own_item)
{
    struct half_view *other = pair_start(STUDENT, "wait", "signal", NULL);

    pair_wait(other, UNTIL_SETTLED, 0);
    room_shell("kill -9 -1");
    pair_wait(other, UNTIL_ENDED, 0);
    ck_assert(half_state(other)->has_ended);
    ck_assert_str_eq(room_shell("echo works"), "works\n");
}
END_TEST

START_TEST(has_a_user_of_its_own)
{
    unsigned int here = 0;
    unsigned int there = 0;
    struct sandbox first = room;

    ck_assert_int_eq(sscanf(room_shell("id -u"), "%u", &here), 1);
    ck_assert_uint_ge(here, room_ids);
    ck_assert_uint_eq(here, room_ids + 2 * (unsigned int)first.number);
    room_again();
    ck_assert_int_eq(sscanf(room_shell("id -u"), "%u", &there), 1);
    ck_assert_uint_ne(here, there);
    ck_assert_str_eq(room_shell("id -g; id -G"), room_shell("id -u; id -u"));
    sandbox_leave(&first);
}
END_TEST

/* What an item makes that has no folder of its own. */
static const char leave_objects[] =
    "ipcmk -Q -p 666 >/dev/null; ipcmk -S 1 >/dev/null; ipcmk -M 100 "
    ">/dev/null; : >/dev/shm/x$PPID; mkdir -p a/b; : >a/b/c; chmod 0 a; "
    "setsid sleep 1000 & trap '' TERM; pwd";

static int
is_of(uid_t user, const char *folder)
{
    return run_shell("find %s -user %u 2>/dev/null | grep -q .", folder,
               (unsigned int)user) == 0;
}

static int
has_objects(uid_t user)
{
    return run_shell("awk '$0 ~ / %u /' /proc/sysvipc/* | grep -q .",
               (unsigned int)user) == 0;
}

static int
has_processes(uid_t user)
{
    return run_shell("ps -o pid= -U %u -u %u | grep -q .", (unsigned int)user,
               (unsigned int)user) == 0;
}

START_TEST(nothing_is_left)
{
    char folder[64];
    uid_t user = room_ids + 2 * (uid_t)room.number;

    pair_start(STUDENT, "act", "daemon", NULL);
    snprintf(folder, sizeof folder, "%s", room_shell(leave_objects));
    pair_wait(pair_start(STUDENT, "act", "bomb", NULL), UNTIL_LINES, 1);
    folder[strcspn(folder, "\n")] = '\0';
    ck_assert(is_of(user, "/dev/shm"));
    ck_assert(has_objects(user));
    ck_assert(has_processes(user));
    sandbox_leave(&room);
    ck_assert(!is_of(user, "/dev/shm /dev/mqueue /tmp"));
    ck_assert(!has_objects(user));
    ck_assert(!has_processes(user));
    *strrchr(folder, '/') = '\0';
    ck_assert_int_eq(access(folder, F_OK), -1);
}
END_TEST

/* Though the lease is still ours. */
START_TEST(nobody_survives_the_warden)
{
    uid_t user = room_ids + 2 * (uid_t)room.number;

    pair_start(STUDENT, "act", "daemon", NULL);
    ck_assert(has_processes(user));
    close(room.socket); /* it ends */
    while (has_processes(user))
        continue; /* would go on for ever if anybody did */
    room.socket = -1;
    sandbox_leave(&room);
}
END_TEST

/* Somebody else may have made more objects than a list has room for: ours are
 * found, and only they are counted. */
START_TEST(finds_its_objects_among_many)
{
    enum {
        MANY = 600
    };
    uid_t user = room_ids + 2 * (uid_t)room.number;
    const struct census_sysv *objects;
    int theirs[MANY];

    for (int i = 0; i < MANY; i++)
        theirs[i] = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
    room_shell("i=0; while [ $i -lt 200 ]; do ipcmk -S 1; i=$((i+1)); done "
               ">/dev/null");
    int has_many = has_objects(user);
    int is_recycled = pair_recycle(&room, "") == 0;
    room_shell("ipcmk -S 1 >/dev/null");
    size_t found = pair_sysv(&objects);
    for (int i = 0; i < MANY; i++)
        semctl(theirs[i], 0, IPC_RMID);
    ck_assert_int_ne(theirs[MANY - 1], -1);
    ck_assert(has_many && is_recycled);
    ck_assert_uint_eq(found, 1);
    sandbox_leave(&room);
    ck_assert(!has_objects(user));
}
END_TEST

/* Nor for the next item that has the same sandbox. */
START_TEST(nothing_is_left_for_the_next_item)
{
    uid_t user = room_ids + 2 * (uid_t)room.number;

    room_shell(leave_objects);
    ck_assert_int_eq(pair_recycle(&room, ""), 0);
    ck_assert(!is_of(user, "/dev/shm /dev/mqueue"));
    ck_assert(!has_objects(user));
    ck_assert_str_eq(room_shell("ls -A"), "");
    ck_assert_str_eq(room_shell("set -- /proc/[0-9]*; for p; do [ -O $p ] && "
                                "echo $p; done | wc -l"),
        "2\n"); /* the shell and wc(1) */
}
END_TEST

static const struct {
    const char *script;
    int status;
} scripts[] = {
    {"exit 6", 6},
    {"kill -9 $$", 128 + SIGKILL},
    {"sleep 1000", SANDBOX_STUCK},
    {"for i in $(seq 50); do sleep 1000 & done; wait", SANDBOX_GREEDY},
};

/* It is ended when it is proved to wait, and all that it has started. */
START_TEST(ends_a_script)
{
    int output = image_new();
    int messages = image_new();
    int status = sandbox_run(scripts[_i].script, NULL, 0, output, messages);

    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), scripts[_i].status);
    for (uid_t i = 0; i < PLACES; i++)
        ck_assert(i == (uid_t)room.number || !has_processes(room_ids + 2 * i));
}
END_TEST

/* Nobody else can have what the item uses, until it ends; another thing he can.
 */
START_TEST(what_is_shared_has_turns)
{
    struct place place;
    struct sandbox first;

    ck_assert_int_eq(room.turn.fd, -1);
    sandbox_leave(&room);
    sandbox_expect_turn(TURN_PORTS);
    room_again();
    ck_assert_int_ne(room.turn.fd, -1);
    first = room;
    ck_assert_int_eq(place_take(&place, first.turn.folder, 0), 0);
    ck_assert_int_ne(place.number, first.turn.number);
    place_give(&place);
    sandbox_expect_turn(TURN_KEYS);
    room_again();
    sandbox_leave(&first);
    sandbox_leave(&room);
    ck_assert_int_eq(access(first.turn.folder, F_OK), -1);
}
END_TEST

/* The solutions of two labs, but with the same names and keys for all items. */
static const char one_for_all[] =
    "cd %s && cp -r solutions/01-* solutions/05-* %s && cd %s && "
    "sed -i 's#ftok([a-z]*[.]name, #ftok(\"/\", #' 05-*/posix/*.c && "
    "sed -i 's#_FORMAT, [a-z]*[.]name)#_FORMAT, \"one\")#' 01-*/posix/*.c && "
    "! cmp -s 01-filemapping/posix/server.c "
    "%s/solutions/01-filemapping/posix/server.c";

/* The rows of a report with the marks, in order. */
static void
grade_for_marks(const char *walls)
{
    run_shell("%s/grade -t %s -l 01 -l 05 --no-timeline --walls %s "
              "-f text=/dev/null -f json=%s/json",
        build_folder(), scratch("tree"), walls, scratch(""));
    ck_assert_int_eq(run_shell("cd %s && grep '\"mark\"' json >%s && "
                               "grep -q won %s && grep -q lost %s",
                         scratch(""), walls, walls, walls),
        0);
}

/* A mistake that has to do with all items at once is the same mistake. */
START_TEST(marks_do_not_depend_on_what_else_runs)
{
    char kit[256];
    char tree[256];

    ck_assert(getcwd(kit, sizeof kit) != NULL);
    snprintf(tree, sizeof tree, "%s", scratch("tree"));
    ck_assert_int_eq(mkdir(tree, 0755), 0);
    ck_assert_int_eq(run_shell(one_for_all, kit, tree, tree, kit), 0);
    grade_for_marks("namespaces");
    grade_for_marks("users");
    ck_assert_int_eq(
        run_shell("cd %s && cmp namespaces users", scratch("")), 0);
}
END_TEST

/* The user ids of graders that are killed. */
#define KILLED_IDS "54000"

/* The grader is killed at any moment: nobody is left, and nothing. */
static void
kill_a_grader(const char *walls, int number)
{
    char grade[256];
    struct timespec moment = {0, (long)(number * 7919 % 700) * 1000000};

    snprintf(grade, sizeof grade, "%s/grade", build_folder());
    pid_t pid = fork();
    if (pid == 0) {
        freopen("/dev/null", "w", stdout);
        execl(grade, "grade", "-t", "solutions", "-l", "05", "--walls", walls,
            (char *)NULL);
        _exit(127);
    }
    nanosleep(&moment, NULL);
    kill(pid, SIGKILL);
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
        continue; /* all orphans are ours: it waits for the last one */
}

static const char *const levels[] = {"namespaces", "users"};

START_TEST(a_killed_grader_leaves_nothing)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    for (int i = 0; i < 12; i++)
        kill_a_grader(levels[_i], i);
    if (_i == 0)
        return;
    for (uid_t i = 0; i < 2 * PLACES; i += 2)
        ck_assert(!has_objects((uid_t)atoi(KILLED_IDS) + i));
    ck_assert_int_eq(run_shell("find /tmp /dev/shm /dev/mqueue -maxdepth 2 "
                               "-uid +%u -uid -%u 2>/dev/null | grep -q .",
                         atoi(KILLED_IDS) - 1, atoi(KILLED_IDS) + 2 * PLACES),
        1);
}
END_TEST

/* Never weaker walls than those that were asked for. */
START_TEST(what_cannot_be_had_is_refused)
{
    char why[1600];
    char path[256];

    walls_insist(walls_find("users")); /* there is no keeper */
    ck_assert_int_eq(walls_choose(why, sizeof why), -1);
    ck_assert_str_eq(why, "users: only root can give each item a user id");
    ck_assert_int_eq(
        run_shell("setpriv --reuid 61000 --regid 61000 --clear-groups "
                  "%s/grade --walls users -t solutions >/dev/null 2>&1",
            build_folder()),
        2);
    snprintf(path, sizeof path, "%s/solutions/01-filemapping/win32/server.exe",
        build_folder());
    if (access(path, R_OK) == 0)
        ck_assert_int_eq(run_shell("%s/grade --walls users -p win32 -t "
                                   "solutions 2>&1 | grep -q 'namespaces only'",
                             build_folder()),
            0);
    ck_assert_int_eq(
        run_shell("%s/grade --walls paper >/dev/null 2>&1", build_folder()), 2);
}
END_TEST

static void
add_places(Suite *suite)
{
    TCase *tcase = tcase_create("places");

    tcase_add_unchecked_fixture(tcase, scratch_enter, scratch_leave);
    tcase_add_test(tcase, a_place_has_one_owner);
    tcase_add_test(tcase, a_place_tells_what_a_dead_owner_left);
    tcase_add_test(tcase, a_folder_of_places_must_be_ours_alone);
    suite_add_tcase(suite, tcase);
}

static void
add_probes(Suite *suite, const char *name, void (*enter)(void))
{
    TCase *tcase = tcase_create(name);

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_checked_fixture(tcase, enter, room_leave);
    tcase_add_loop_test(tcase, a_half_cannot, 0, PROBES);
    suite_add_tcase(suite, tcase);
}

static void
add_users(Suite *suite)
{
    TCase *tcase = tcase_create("users");

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_checked_fixture(tcase, room_enter_users, NULL);
    tcase_add_test(tcase, ends_only_its_own_item);
    tcase_add_test(tcase, has_a_user_of_its_own);
    tcase_add_test(tcase, nothing_is_left);
    tcase_add_test(tcase, nobody_survives_the_warden);
    tcase_add_test(tcase, finds_its_objects_among_many);
    tcase_add_test(tcase, nothing_is_left_for_the_next_item);
    tcase_add_test(tcase, what_is_shared_has_turns);
    tcase_add_loop_test(
        tcase, ends_a_script, 0, sizeof scripts / sizeof scripts[0]);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("killed");
    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_loop_test(tcase, a_killed_grader_leaves_nothing, 0, 2);
    tcase_add_test(tcase, what_cannot_be_had_is_refused);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("marks");
    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_unchecked_fixture(tcase, scratch_enter, scratch_leave);
    tcase_add_test(tcase, marks_do_not_depend_on_what_else_runs);
    suite_add_tcase(suite, tcase);
}

Suite *
walls_suite(void)
{
    Suite *suite = suite_create("walls");

    add_places(suite);
    if (landlock_version() >= LANDLOCK_FILES)
        add_probes(suite, "landlock", room_enter_landlock);
    else
        skip_others(PROBES, "Landlock", "this kernel has none");
    if (geteuid() != 0 || landlock_version() < LANDLOCK_FILES) {
        skip_others(PROBES + 15, "walls of user ids",
            "only root can make them, with Landlock");
        return suite;
    }
    add_probes(suite, "user ids", room_enter_users);
    add_users(suite);
    return suite;
}
