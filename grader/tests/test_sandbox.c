/*
 * test_sandbox.c - the walls hold, and everything ends with them
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "image.h"
#include "privilege.h"
#include "proc.h"
#include "pulse.h"
#include "room.h"
#include "suites.h"
#include "walls.h"

/* Scripts that a hostile half runs, and what they may print. */
static const struct {
    const char *script;
    const char *output;
} probes[] = {
    /* What can be seen. */
    {"ls -A / | grep -vE '^(bin|lib|lib32|lib64|libx32|sbin)$' | tr '\\n' ' '",
        "dev etc kit proc tmp usr work "},
    {"ls /etc | tr '\\n' ' '", "alternatives ld.so.cache "},
    {"cd /dev; ls -A /tmp /work shm mqueue | grep -v : | tr -d '\\n'", ""},
    {"ls /home /root /mnt /var /run /sys", ""},
    {"cat /etc/passwd /etc/shadow", ""},
    {"set -- /proc/[0-9]*; echo $#", "2\n"}, /* the warden and this shell */
    /* What can be written. */
    {"for d in / /dev /etc /kit /kit/student /usr /usr/bin /proc /proc/sys; "
     "do : >$d/x && echo $d; mkdir $d/x && echo $d; done",
        ""},
    {"echo x >/kit/student/act && echo bad", ""},
    {"echo x >/usr/bin/env && echo bad; rm -f /usr/bin/env && echo bad", ""},
    {"mv /kit/student/act /kit/student/wait && echo bad", ""},
    {"echo x >/proc/sys/kernel/hostname && echo bad", ""},
    {"echo x >/proc/sysrq-trigger && echo bad", ""},
    {"find /proc/sys -writable", ""},
    {"(echo 0 >/proc/sys/kernel/msgmni) && echo bad; "
     "test -r /proc/sys/kernel/msgmni && echo seen",
        "seen\n"},
    {"for d in /work /tmp /dev/shm; do : >$d/x && echo $d; done",
        "/work\n/tmp\n/dev/shm\n"},
    {"mount -t tmpfs none /work && echo bad", ""},
    {"umount /kit && echo bad; umount /proc && echo bad", ""},
    {"mount -o remount,rw / && echo bad", ""},
    {"unshare -U true && echo bad; unshare -m true && echo bad", ""},
    {"mknod /work/disk b 8 0 && echo bad", ""},
    {"cat /dev/mem /dev/sda /dev/vda /dev/kmsg", ""},
    /* Nothing is reached. */
    {"tail -n +3 /proc/net/dev | sed 's/:.*//; s/ //g'", "lo\n"},
    {"tail -n +2 /proc/net/unix | wc -l", "0\n"},
    {"tail -qn +2 /proc/sysvipc/* | while read key id rest; do echo $key $id; "
     "done",
        "0 0\n0 0\n0 0\n"}, /* census_sysv_plant() */
    /* What is not its own cannot be read. */
    {"cat /kit/reference/act /kit/reference/wait /kit/warden", ""},
    {"cp /kit/warden /work/w; head -c 1 /kit/warden", ""},
    {"cat /proc/1/environ /proc/1/maps /proc/1/mem", ""},
    {"readlink /proc/1/fd/3 /proc/1/exe; ls /proc/1/cwd/ /proc/1/root/", ""},
    /* Nobody is hurt. */
    {"kill -9 1; kill -STOP 1; echo alive", "alive\n"},
#ifndef __SANITIZE_ADDRESS__ /* see bwrap_files(); it catches signals, too */
    {"for s in $(seq 1 64); do kill -$s 1; done; echo alive", "alive\n"},
    {"for f in oom_score_adj coredump_filter timerslack_ns clear_refs comm "
     "sched autogroup attr/current mem environ task/1/comm; do "
     "(echo 1 >/proc/1/$f) && echo $f; done",
        ""},
#endif
    {"grep -E 'CapEff|CapPrm|CapAmb|NoNewPrivs' /proc/self/status | tr -d "
     "'\\t\\n'",
        "CapPrm:0000000000000000CapEff:0000000000000000CapAmb:"
        "0000000000000000NoNewPrivs:1"},
    {"cat /proc/self/oom_score_adj", "1000\n"},
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

/* A file system in memory is small, and full is full for that one only. */
START_TEST(cannot_fill_the_memory)
{
    ck_assert_str_eq(
        room_shell("for d in /work /tmp /dev/shm; do cd $d; i=0; "
                   "while [ $i -lt 12 ] && head -c 4000000 /dev/zero >f$i; "
                   "do i=$((i+1)); done 2>/dev/null; echo $i; done"),
        "4\n4\n4\n");
}
END_TEST

/* What one item leaves, in the words of leave.c: the next one finds nothing. */
static const char *const traces[] = {"attributes", "modes", "times", "depth",
    "files", "objects", "process", "key", "limits"};

START_TEST(leaves_nothing_to_the_next_item)
{
    ck_assert_str_eq(
        room_output(pair_start(STUDENT, "leave", traces[_i], NULL)), "left\n");
    ck_assert_int_eq(pair_recycle(&room, name()), 0);
    pair_reset(&room, &target_posix, 1, pair_verdict);
    ck_assert_str_eq(
        room_output(pair_start(STUDENT, "leave", "look", NULL)), "");
}
END_TEST

/* A file that is no semaphore (any more), while the warden is to post it. */
static const char *const cuts[] = {": >$f", "truncate -s 8 $f", "mkfifo $f",
    "ln -s /dev/zero $f", "mkdir $f", "truncate -s 4G $f"};

START_TEST(posts_no_false_semaphore)
{
    char script[128];

    snprintf(script, sizeof script,
        "f=/dev/shm/sem.false; %s 2>/dev/null; echo made", cuts[_i]);
    ck_assert_str_eq(room_shell(script), "made\n");
    pair_post("/false");
    ck_assert_str_eq(room_shell("echo works"), "works\n");
}
END_TEST

static const struct {
    const char *word;
    const char *argument;
    const char *output;
} limits[] = {
    {"descriptors", "", "64 EMFILE\n"},
    {"file", "/work/f", "8388608 EFBIG\n"},
};

START_TEST(has_limits)
{
    ck_assert_str_eq(room_output(pair_start(STUDENT, "act", limits[_i].word,
                         limits[_i].argument, NULL)),
        limits[_i].output);
}
END_TEST

START_TEST(has_a_limit_of_memory)
{
    int got =
        atoi(room_output(pair_start(STUDENT, "act", "memory", "1000", NULL)));

    ck_assert_int_gt(got, 100);
    ck_assert_int_lt(got, 256);
    /* Sanitizers need more address space than there is memory. */
    got = atoi(room_output(pair_start_as(&(struct start){START_CHECKED, 0, 0},
        STUDENT, "act", "memory", "300", NULL)));
    ck_assert_int_eq(got, 300);
}
END_TEST

START_TEST(has_a_limit_of_processes)
{
    struct half_view *half = pair_start(STUDENT, "act", "fork", NULL);
    int n = 0;
    char why[16] = "";
    size_t size;

    while (pair_wait(half, UNTIL_LINES, 1)->outcome != OUTCOME_HOLDS)
        continue;
    ck_assert_int_eq(
        sscanf(half_output(half, 1, &size), "%d %15s", &n, why), 2);
    ck_assert_str_eq(why, "EAGAIN");
    ck_assert_int_gt(n, 20);
    ck_assert_int_lt(n, 64);
}
END_TEST

START_TEST(has_a_limit_of_processor_time)
{
    struct half_view *half = pair_start(STUDENT, "wait", "spin", NULL);

    while (!half_state(half)->has_ended)
        pair_wait(half, UNTIL_ENDED, 0);
    ck_assert(WIFSIGNALED(half_state(half)->status));
}
END_TEST

START_TEST(cannot_look_into_the_reference)
{
    struct half_view *other = pair_start(REFERENCE, "wait", "signal", NULL);
    char pid[16];

    pair_wait(other, UNTIL_SETTLED, 0);
    snprintf(pid, sizeof pid, "%d", (int)half_state(other)->pid);
    ck_assert_str_eq(
        room_output(pair_start(STUDENT, "act", "peek", pid, NULL)), "end\n");
}
END_TEST

START_TEST(cannot_look_into_the_warden)
{
    ck_assert_str_eq(
        room_output(pair_start(STUDENT, "act", "peek", "1", NULL)), "end\n");
}
END_TEST

/* From outside: whose processes are they? */
START_TEST(nobody_inside_is_root_outside)
{
    static struct proc_stat stats[PROC_LIMIT];
    char text[4096];
    unsigned int uid = 0;

    pair_wait(pair_start(STUDENT, "wait", "child", NULL), UNTIL_ENDED, 0);
    size_t n = proc_descendants(stats, PROC_LIMIT);
    ck_assert_uint_ge(n, 3);
    for (size_t i = 0; i < n; i++) {
        ck_assert_int_gt(
            proc_read(text, sizeof text, "%d/status", (int)stats[i].pid), 0);
        ck_assert_int_eq(sscanf(strstr(text, "\nUid:"), "\nUid: %u", &uid), 1);
        ck_assert_uint_ne(uid, 0);
        ck_assert_uint_eq(uid, (unsigned int)geteuid());
    }
}
END_TEST

START_TEST(cannot_signal_the_grader)
{
    char script[128];

    signal(SIGTERM, SIG_DFL);
    snprintf(script, sizeof script,
        "kill -TERM %d 2>/dev/null && echo bad; kill -TERM -1; :",
        (int)getpid());
    struct half_view *half = pair_start(STUDENT, "act", "shell", script, NULL);
    ck_assert_str_eq(room_output(half), "");
    ck_assert_str_eq(room_shell("echo works"), "works\n");
}
END_TEST

/* Everything that was started ends with the sandbox, before leave returns. */
static const char *const stayers[] = {"daemon", "bomb", "fork"};

START_TEST(nothing_survives)
{
    static struct proc_stat stats[PROC_LIMIT];
    struct sandbox *sandbox = &room;

    struct half_view *half = pair_start(STUDENT, "act", stayers[_i], NULL);
    pair_wait(half, UNTIL_LINES, 1);
    ck_assert_uint_gt(proc_descendants(stats, PROC_LIMIT), 1);
    sandbox_leave(sandbox);
    ck_assert_uint_eq(proc_descendants(stats, PROC_LIMIT), 0);
}
END_TEST

/* The grader dies: nobody is left, though nobody cleans up. */
START_TEST(dies_with_the_grader)
{
    static struct proc_stat stats[PROC_LIMIT];
    int ends[2];
    char byte;

    ck_assert_int_eq(pipe(ends), 0);
    pid_t grader = fork();
    if (grader == 0) {
        room_enter();
        pair_start(STUDENT, "act", "daemon", NULL);
        pair_wait(pair_start(STUDENT, "wait", "input", NULL), UNTIL_ENDED, 0);
        (void)!write(ends[1], "x", 1);
        for (;;)
            pause();
    }
    close(ends[1]);
    ck_assert_int_eq(read(ends[0], &byte, 1), 1);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    ck_assert_uint_gt(proc_descendants(stats, PROC_LIMIT), 3);
    kill(grader, SIGKILL);
    while (waitpid(-1, NULL, 0) > 0)
        continue; /* would wait for ever if anybody stayed */
    ck_assert_uint_eq(proc_descendants(stats, PROC_LIMIT), 0);
}
END_TEST

/* A bwrap that ends between two steps leaves a child that waits for it. */
static void
find_halfway_bwrap(void)
{
    char path[512];

    ck_assert_int_eq(
        run_shell("printf '#!/bin/sh\\nsleep 1000 & wait\\n' >%s && "
                  "chmod 755 %s",
            scratch("bwrap"), scratch("bwrap")),
        0);
    snprintf(path, sizeof path, "%s:%s", scratch("."), getenv("PATH"));
    setenv("PATH", path, 1);
}

START_TEST(leaves_no_child_of_a_killed_bwrap)
{
    static struct proc_stat stats[PROC_LIMIT];

    find_halfway_bwrap();
    room_enter();
    while (proc_descendants(stats, PROC_LIMIT) < 3)
        continue;
    sandbox_leave(&room);
    ck_assert_uint_eq(proc_descendants(stats, PROC_LIMIT), 0);
}
END_TEST

/* The leash between them may itself be killed. */
static void
check_killed(int is_leash)
{
    static struct proc_stat stats[PROC_LIMIT];

    find_halfway_bwrap();
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    pid_t grader = fork();
    if (grader == 0) {
        if (is_leash)
            prctl(PR_SET_CHILD_SUBREAPER, 1);
        room_enter();
        if (is_leash)
            while (waitpid(room.pid, NULL, WNOHANG) == 0)
                continue;
        else
            pause();
        sandbox_leave(&room);
        _exit(0);
    }
    /* grader, leash, bwrap and its child: found in that order */
    while (proc_descendants(stats, PROC_LIMIT) < 4)
        continue;
    kill(stats[is_leash].pid, SIGKILL);
    while (waitpid(-1, NULL, 0) > 0)
        continue; /* would wait for ever if anybody stayed */
}

/* What bwrap leaves behind then holds the warden's socket. */
START_TEST(waits_for_no_answer_of_a_killed_leash)
{
    static struct proc_stat stats[PROC_LIMIT];
    pid_t item;

    prctl(PR_SET_CHILD_SUBREAPER, 1);
    find_halfway_bwrap();
    room_enter();
    while (proc_descendants(stats, PROC_LIMIT) < 3)
        continue;
    kill(room.pid, SIGKILL);
    item = fork();
    if (item == 0)
        _exit(pulse_await(&room, POLLIN) == -1 ? 0 : 1);
    int status;
    ck_assert_int_eq(waitpid(item, &status, 0), item);
    ck_assert_int_eq(status, 0);
    sandbox_leave(&room);
}
END_TEST

START_TEST(leaves_no_child_of_bwrap_if_the_grader_is_killed)
{
    check_killed(_i);
}
END_TEST

/* Without walls its own warden cleans up: folders, objects, processes. */
START_TEST(without_walls_nothing_stays)
{
    static struct proc_stat stats[PROC_LIMIT];
    char script[256];
    char folder[256];

    room_enter_bare();
    pair_start(STUDENT, "act", "daemon", NULL);
    pair_start(STUDENT, "wait", "sem", name(), NULL);
    snprintf(script, sizeof script,
        "mkdir -p a/b && : >a/b/c && chmod 0 a && ln -s / link && "
        ": >/dev/shm/x%s && pwd",
        name());
    snprintf(folder, sizeof folder, "%s", room_shell(script));
    folder[strcspn(folder, "\n")] = '\0';
    ck_assert_int_eq(access(folder, F_OK), 0);
    sandbox_leave(&room);
    ck_assert_uint_eq(proc_descendants(stats, PROC_LIMIT), 0);
    ck_assert_int_eq(access(folder, F_OK), -1);
    *strrchr(folder, '/') = '\0'; /* the one that kit was in, too */
    ck_assert_int_eq(access(folder, F_OK), -1);
    snprintf(script, sizeof script, "! ls /dev/shm | grep %s", name());
    ck_assert_int_eq(system(script), 0);
    ck_assert_int_eq(access("/usr", F_OK), 0);
}
END_TEST

static int
run_script(const char *script, char *text, size_t size)
{
    int output = image_new();
    int messages = image_new();
    int status;

    ck_assert_int_eq(privilege_drop(), 0);
    status = sandbox_run(script, NULL, 0, output, messages);
    int fd = image_open(output);
    ssize_t n = read(fd, text, size - 1);
    text[n > 0 ? n : 0] = '\0';
    close(fd);
    return status;
}

START_TEST(runs_a_script)
{
    char text[256];
    int status = run_script("echo said; cat; pwd; exit 6", text, sizeof text);

    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 6);
    ck_assert_str_eq(text, "said\n/kit\n");
}
END_TEST

START_TEST(leaves_nothing_of_a_script)
{
    static struct proc_stat stats[PROC_LIMIT];
    char text[256];

    prctl(PR_SET_CHILD_SUBREAPER, 1);
    run_script("setsid sleep 1000 & echo said", text, sizeof text);
    ck_assert_str_eq(text, "said\n");
    while (waitpid(-1, NULL, 0) > 0)
        continue;
    ck_assert_uint_eq(proc_descendants(stats, PROC_LIMIT), 0);
}
END_TEST

START_TEST(says_how_to_get_a_sandbox)
{
    char why[1600];

    ck_assert_int_eq(privilege_drop(), 0);
    walls_insist(walls_find("namespaces"));
    ck_assert_int_eq(walls_choose(why, sizeof why), 0);
    ck_assert_str_eq(why, "");
    setenv("PATH", "/nowhere", 1);
    ck_assert_int_eq(walls_choose(why, sizeof why), -1);
    ck_assert_msg(strstr(why, "not installed") != NULL, "%s", why);
}
END_TEST

Suite *
sandbox_suite(void)
{
    Suite *suite = suite_create("sandbox");
    TCase *tcase = tcase_create("inside");

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_checked_fixture(tcase, room_enter, room_leave);
    tcase_add_loop_test(
        tcase, a_half_cannot, 0, sizeof probes / sizeof probes[0]);
    tcase_add_test(tcase, cannot_fill_the_memory);
    tcase_add_loop_test(tcase, leaves_nothing_to_the_next_item, 0,
        sizeof traces / sizeof traces[0]);
    tcase_add_loop_test(
        tcase, posts_no_false_semaphore, 0, sizeof cuts / sizeof cuts[0]);
    tcase_add_loop_test(tcase, has_limits, 0, sizeof limits / sizeof limits[0]);
    tcase_add_test(tcase, has_a_limit_of_memory);
    tcase_add_test(tcase, has_a_limit_of_processes);
    tcase_add_test(tcase, has_a_limit_of_processor_time);
    tcase_add_test(tcase, cannot_look_into_the_reference);
    tcase_add_test(tcase, cannot_look_into_the_warden);
    tcase_add_test(tcase, nobody_inside_is_root_outside);
    tcase_add_test(tcase, cannot_signal_the_grader);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("its end");
    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_checked_fixture(tcase, room_enter, NULL);
    tcase_add_loop_test(
        tcase, nothing_survives, 0, sizeof stayers / sizeof stayers[0]);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("without");
    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_unchecked_fixture(tcase, scratch_enter, scratch_leave);
    tcase_add_test(tcase, dies_with_the_grader);
    tcase_add_test(tcase, leaves_no_child_of_a_killed_bwrap);
    tcase_add_test(tcase, waits_for_no_answer_of_a_killed_leash);
    tcase_add_loop_test(
        tcase, leaves_no_child_of_bwrap_if_the_grader_is_killed, 0, 2);
    tcase_add_test(tcase, without_walls_nothing_stays);
    tcase_add_test(tcase, runs_a_script);
    tcase_add_test(tcase, leaves_nothing_of_a_script);
    tcase_add_test(tcase, says_how_to_get_a_sandbox);
    suite_add_tcase(suite, tcase);
    return suite;
}
