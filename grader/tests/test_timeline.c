/*
 * test_timeline.c - from what strace writes to the lines of a report
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "recording.h"
#include "room.h"
#include "suites.h"
#include "timeline.h"

static char traces[2000000];
static size_t size;
static struct timeline timeline;

static void
enter(void)
{
    size = 0;
    memset(&timeline, 0, sizeof timeline);
}

/* Adds a half whose trace begins with head; lines are missing before tail. */
static void
add_part(pid_t pid, const char *name, const char *head, const char *tail,
    uint64_t missing)
{
    struct trace_part part = {.pid = pid,
        .head = (uint32_t)strlen(head),
        .tail = (uint32_t)strlen(tail),
        .missing = missing};

    snprintf(part.name, sizeof part.name, "%s", name);
    memcpy(traces + size, &part, sizeof part);
    size += sizeof part;
    size += (size_t)sprintf(traces + size, "%s%s", head, tail);
}

#define START "5 10.000000 execve(\"/kit/student/server\", [\"server\"]) = 0\n"

/* A half of one name, pid 5, that did this after its start at 10.0. */
static const char *
show(const char *text, int is_stuck)
{
    static char *shown;
    char whole[20000];
    size_t length;

    snprintf(whole, sizeof whole, START "%s", text);
    size = 0;
    add_part(5, "server", whole, "", 0);
    timeline_make(&timeline, traces, size, is_stuck);
    free(shown);
    FILE *stream = open_memstream(&shown, &length);
    timeline_show(stream, &timeline, 0);
    fclose(stream);
    return shown;
}

/* What strace writes, and what is told of it; "" for nothing. */
static const struct {
    const char *line;
    const char *told;
} spellings[] = {
    {"openat(AT_FDCWD</work>, \"x\", O_RDONLY) = 3</work/x>",
        "open(\"x\", O_RDONLY) = 3"},
    {"openat(AT_FDCWD</work>, \"x\", O_RDWR) = -1 ENOENT (No such file)",
        "open(\"x\", O_RDWR) = -1 ENOENT (No such file)"},
    {"mknodat(AT_FDCWD</work>, \"x\", S_IFIFO|0600) = 0",
        "mkfifo(\"x\", 0600) = 0"},
    {"newfstatat(AT_FDCWD</work>, \"x\", {st_mode=S_IFIFO|0600}, 0) = 0",
        "stat(\"x\") = 0"},
    {"write(1<pipe:[7]>, \"a) = 5\\n\", 7) = 7",
        "write(1, \"a) = 5\\n\", 7) = 7"},
    {"read(3</work/a) = \"x>, \"\", 10) = 0", "read(3, \"\", 10) = 0"},
    {"read(3</work/x>(deleted), \"\", 10) = 0", "read(3, \"\", 10) = 0"},
    {"semtimedop(0, [{sem_num=0, sem_op=-1, sem_flg=SEM_UNDO}], 1, NULL) = 0",
        "semop(0, [{0, -1, SEM_UNDO}], 1) = 0"},
    {"wait4(-1, [{WIFEXITED(s) && WEXITSTATUS(s) == 3}], 0, NULL) = 7",
        "waitpid(-1, [{exit status 3}], 0) = 7"},
    {"pipe2([3<pipe:[1]>, 4<pipe:[1]>], 0) = 0", "pipe([3, 4]) = 0"},
    {"mmap(NULL, 4096, PROT_READ, MAP_SHARED, 3</work/x>, 0) = 0x7f0000",
        "mmap(NULL, 4096, PROT_READ, MAP_SHARED, 3, 0)"},
    {"bind(3<socket:[1]>, {sa_family=AF_UNIX, sun_path=\"x\"}, 110) = 0",
        "bind(3, {\"x\"}, 110) = 0"},
    {"rt_sigaction(SIGINT, {sa_handler=0x4011, sa_mask=[]}, NULL, 8) = 0",
        "sigaction(SIGINT, {a handler}) = 0"},
    {"unlink(\"/dev/shm/sem.x.full\") = 0", "sem_unlink(\"/x.full\")"},
    {"unlink(\"/dev/shm/x\") = 0", "shm_unlink(\"/x\") = 0"},
    {"openat(AT_FDCWD</work>, \"/dev/shm/sem.x\", O_RDWR|O_NOFOLLOW) = -1 "
     "ENOENT (No such file)",
        "sem_open(\"/x\") = -1 ENOENT (No such file)"},
    {"clock_nanosleep(CLOCK_REALTIME, 0, {tv_sec=1, tv_nsec=0}, NULL) = 0",
        "nanosleep({tv_sec=1, tv_nsec=0}) = 0"},
    {"read(0<pipe:[1]>, 0x7ffd1, 9) = ? ERESTARTSYS (To be restarted)",
        "read(0, ..., 9) = interrupted by a signal"},
    {"--- SIGSEGV {si_signo=SIGSEGV, si_code=SEGV_MAPERR, si_addr=NULL} ---",
        "signal SIGSEGV at address NULL"},
    {"+++ exited with 1 +++", "ended: exit status 1"},
    {"+++ killed by SIGSEGV +++", "ended: killed by SIGSEGV"},
    /* The loader's, stdio's, the C library's. */
    {"brk(NULL) = 0x1", ""},
    {"openat(AT_FDCWD</work>, \"/etc/ld.so.cache\", O_RDONLY) = 3</etc/x>", ""},
    {"read(3</usr/lib/libc.so.6>, \"ELF\", 832) = 832", ""},
    {"mmap(NULL, 9, PROT_READ, MAP_PRIVATE, 3</usr/lib/libc.so.6>, 0) = 0x7",
        ""},
    {"mmap(NULL, 9, PROT_READ, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7", ""},
    {"munmap(0x7f1, 9) = 0", ""},
    {"newfstatat(1<pipe:[1]>, \"\", {st_mode=S_IFIFO}, AT_EMPTY_PATH) = 0", ""},
    {"futex(0x7f1, FUTEX_WAKE_PRIVATE, 1) = 0", ""},
    {"exit_group(0) = ?", ""},
    {"--- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED} ---", ""},
    {"not a line at all", ""},
    {"(", ""},
    {") = 0", ""},
};

START_TEST(spells_calls_as_a_program_does)
{
    char line[400];
    char expected[400] = "";

    snprintf(line, sizeof line, "5 10.000500 %s\n", spellings[_i].line);
    if (spellings[_i].told[0] != '\0')
        snprintf(expected, sizeof expected, "+0.5 ms    server | %s\n",
            spellings[_i].told);
    const char *shown = show(line, 0);
    size_t length = strlen(expected);
    ck_assert_msg(strncmp(shown, expected, length) == 0, "%s", shown);
    ck_assert_msg(strstr(shown, "ended") != NULL ||
                      strcmp(shown + length, "runs       server | in no call: "
                                             "it runs, or waits to run\n") == 0,
        "%s", shown);
}
END_TEST

START_TEST(a_semaphore_is_made_and_waited_for)
{
    const char *shown = show(
        "5 10.001 openat(AT_FDCWD</work>, \"/dev/shm/sem.AbCdEf\", "
        "O_RDWR|O_CREAT|O_EXCL, 0600) = 3</dev/shm/sem.AbCdEf>\n"
        "5 10.001 write(3</dev/shm/sem.AbCdEf>, \"\"..., 32) = 32\n"
        "5 10.001 mmap(NULL, 32, PROT_READ|PROT_WRITE, MAP_SHARED, "
        "3</dev/shm/sem.AbCdEf>, 0) = 0x7f1000\n"
        "5 10.001 link(\"/dev/shm/sem.AbCdEf\", \"/dev/shm/sem.x\") = 0\n"
        "5 10.001 unlink(\"/dev/shm/sem.AbCdEf\") = 0\n"
        "5 10.001 close(3</dev/shm/sem.AbCdEf>(deleted)) = 0\n"
        "5 10.002 futex(0x7f1000, FUTEX_WAKE, 1) = 1\n"
        "5 10.003 futex(0x7f1000, FUTEX_WAIT_BITSET|FUTEX_CLOCK_REALTIME, 0, "
        "NULL, FUTEX_BITSET_MATCH_ANY",
        1);

    ck_assert_str_eq(shown, "+1.0 ms    server | sem_open(\"/x\", O_CREAT)\n"
                            "+2.0 ms    server | sem_post(\"/x\")\n"
                            "stuck      server | sem_wait(\"/x\")\n");
}
END_TEST

START_TEST(joins_a_call_that_was_interrupted_by_another)
{
    const char *shown =
        show("5 10.001 read(0<pipe:[1]>,  <unfinished ...>\n"
             "6 10.002 write(1<pipe:[2]>, \"<unfinished ...>\", 16) = 16\n"
             "5 10.003 <... read resumed>\"abc\", 10) = 3\n"
             "6 10.004 +++ exited with 0 +++\n"
             "5 10.005 wait4(-1,  <unfinished ...>) = ?\n"
             "5 10.006 +++ killed by SIGKILL +++\n",
            0);

    ck_assert_str_eq(shown,
        "+1.0 ms    server   | read(0, \"abc\", 10) = 3\n"
        "+2.0 ms        server+1 | write(1, \"<unfinished ...>\", 16) = 16\n"
        "+4.0 ms        server+1 | ended: exit status 0\n"
        "+5.0 ms    server   | waitpid(-1, ...)\n"
        "+6.0 ms    server   | ended: killed by SIGKILL\n");
}
END_TEST

START_TEST(names_children_and_what_they_become)
{
    const char *shown = show(
        "5 10.001 clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD "
        "<unfinished ...>\n"
        "6 10.002 close(3</work/x> <unfinished ...>\n"
        "5 10.003 <... clone resumed>, child_tidptr=0x7f1) = 6\n"
        "6 10.003 <... close resumed>) = 0\n"
        "6 10.004 execve(\"../kit/student/client\", [\"client\"], 0x7f1 /* 5 "
        "vars */) = 0\n"
        "6 10.005 write(1<pipe:[2]>, \"x\", 1) = 1\n"
        "6 10.006 +++ exited with 0 +++\n"
        "5 10.007 +++ exited with 0 +++\n",
        0);

    ck_assert_str_eq(shown,
        "+1.0 ms    server   | fork() = 6 (client)\n"
        "+2.0 ms        server+1 | close(3) = 0\n"
        "+4.0 ms        server+1 | execve(\"../kit/student/client\", "
        "[\"client\"]) = 0\n"
        "+5.0 ms        client   | write(1, \"x\", 1) = 1\n"
        "+6.0 ms        client   | ended: exit status 0\n"
        "+7.0 ms    server   | ended: exit status 0\n");
}
END_TEST

START_TEST(merges_halves_by_time)
{
    char *text = NULL;
    size_t length;

    add_part(5, "server",
        START "5 10.001 write(1<pipe:[1]>, \"ready\\n\", 6) = 6\n"
              "5 10.003 read(3</work/x>, ",
        "", 0);
    add_part(6, "client",
        "6 10.0015 execve(\"/kit/student/client\", [\"client\"]) = 0\n"
        "6 10.002 write(3</work/x>, \"x\", 1) = 1\n"
        "6 10.004 +++ exited with 0 +++\n",
        "", 0);
    add_part(7, "client",
        "7 10.0015 execve(\"/kit/student/client\", [\"client\"]) = 0\n"
        "7 10.005 +++ exited with 1 +++\n",
        "", 0);
    timeline_make(&timeline, traces, size, 0);
    FILE *stream = open_memstream(&text, &length);
    timeline_show(stream, &timeline, 2);
    fclose(stream);
    ck_assert_str_eq(text,
        "  +1.0 ms    server   | write(1, \"ready\\n\", 6) = 6\n"
        "  +2.0 ms        client   | write(3, \"x\", 1) = 1\n"
        "  waits      server   | read(3, ...)\n"
        "  +4.0 ms        client   | ended: exit status 0\n"
        "  +5.0 ms        client 2 | ended: exit status 1\n");
    free(text);
}
END_TEST

START_TEST(folds_what_repeats)
{
    static char text[20000];

    text[0] = '\0';
    for (int i = 0; i < 100; i++)
        sprintf(text + strlen(text),
            "5 10.%03d read(0, \"%d\\n\", 9) = 2\n"
            "5 10.%03d write(1, \"%d\\n\", 2) = 2\n",
            i + 1, i, i + 1, i);
    const char *shown = show(text, 0);
    ck_assert_msg(
        strstr(shown, "| ... 196 more like these\n") != NULL, "%s", shown);
    ck_assert_uint_eq(timeline.n, 6); /* two, the fold, two, and it runs */
}
END_TEST

/* What is not known between the beginning and the end counts, too. */
START_TEST(a_flood_is_cut_in_the_middle)
{
    static char tail[40000] = "cut) = 3\n";

    for (int i = 0; i < 500; i++)
        strcat(tail, "5 11.000 write(1<pipe:[1]>, \"x\", 1) = 1\n");
    strcat(tail, "5 11.1 +++ killed by SIGXCPU +++\n");
    add_part(5, "server",
        START "5 10.001 openat(AT_FDCWD</work>, \"x\", O_RDWR) = 3</work/x>\n"
              "5 10.002 write(1<pipe:[1]>, \"x\", 1) = 1\n"
              "5 10.003 write(1<pi",
        tail, 1000000);
    timeline_make(&timeline, traces, size, 0);
    ck_assert_uint_eq(timeline.n, 5);
    ck_assert_str_eq(timeline.line[0].call, "open(\"x\", O_RDWR)");
    ck_assert_str_eq(timeline.line[2].call, "... 1000499 more like this");
    ck_assert_str_eq(timeline.line[4].result, "killed by SIGXCPU");
}
END_TEST

START_TEST(any_bytes_make_lines_that_fit)
{
    static const char alphabet[] = "5 1.0read(<>,\"\\[{}]) =?+-\n";
    static char text[16000];
    unsigned int state = (unsigned int)_i + 1;

    for (size_t i = 0; i + 1 < sizeof text; i++) {
        state = state * 1103515245 + 12345;
        unsigned int byte = state >> 16;
        text[i] = _i % 2 ? alphabet[byte % (sizeof alphabet - 1)]
                         : (char)(byte % 255 + 1);
    }
    const char *shown = show(text, 1);
    check_page(shown);
    ck_assert_uint_le(timeline.n, TIMELINE_ALL);
    /* And if they are no traces at all. */
    timeline_make(&timeline, text, sizeof text, 1);
    ck_assert_uint_le(timeline.n, TIMELINE_ALL);
}
END_TEST

START_TEST(long_and_odd_ones_fit)
{
    static char text[2000];

    snprintf(text, sizeof text,
        "5 10.1 write(1, \"\033[31m\302\205%0200d\", 9) = 9\n"
        "5 10.2 openat(AT_FDCWD, \"%0200d\", O_RDONLY) = -1 ENOENT (No such "
        "file or directory)\n",
        1, 2);
    const char *shown = show(text, 0);
    check_page(shown);
    ck_assert_msg(
        strstr(shown, "O_RDONLY) = -1 ENOENT\n") != NULL, "%s", shown);
}
END_TEST

START_TEST(many_processes_share_the_lines)
{
    static char text[20000];

    text[0] = '\0';
    for (int i = 0; i < 200; i++)
        sprintf(text + strlen(text), "%d 10.%03d read(%d, \"\", 1) = 0\n",
            6 + i, i + 1, i);
    check_page(show(text, 0));
    ck_assert_uint_gt(timeline.n, TIMELINE_LINES - 1);
}
END_TEST

START_TEST(a_half_without_a_trace_makes_none)
{
    add_part(5, "server", START, "", 0);
    add_part(6, "client", "", "", 0);
    timeline_make(&timeline, traces, size, 0);
    ck_assert_int_eq(timeline.state, TIMELINE_NONE);
    timeline_make(&timeline, traces, 0, 0);
    ck_assert_int_eq(timeline.state, TIMELINE_NONE);
}
END_TEST

/* From here on with a real warden and a real strace. */

static const struct timeline_line *
find_line(const char *half, const char *call)
{
    for (size_t i = 0; i < timeline.n; i++)
        if (strcmp(timeline.line[i].half, half) == 0 &&
            strncmp(timeline.line[i].call, call, strlen(call)) == 0)
            return &timeline.line[i];
    return NULL;
}

static const struct timeline_line *
last_line(void)
{
    ck_assert_int_eq(timeline.state, TIMELINE_SHOWN);
    return &timeline.line[timeline.n - 1];
}

START_TEST(traces_both_sides_until_they_are_stuck)
{
    ck_assert_int_eq(recording_begin(room.socket), 0);
    struct half_view *one = pair_start(REFERENCE, "wait", "input", NULL);
    struct half_view *other =
        pair_start(STUDENT, "act", "shell", "echo word; read x; exit 3", NULL);
    ck_assert_uint_eq(pair_wait(other, UNTIL_LINES, 1)->outcome, OUTCOME_HOLDS);
    ck_assert_uint_eq(pair_wait(one, UNTIL_ENDED, 0)->outcome, OUTCOME_STUCK);
    half_close(other);
    ck_assert_uint_eq(pair_wait(other, UNTIL_ENDED, 0)->outcome, OUTCOME_HOLDS);
    ck_assert_int_eq(WEXITSTATUS(half_state(other)->status), 3);
    ck_assert_uint_eq(pair_wait(one, UNTIL_ENDED, 0)->outcome, OUTCOME_STUCK);
    recording_take(room.socket, &timeline, 0, 1);
    ck_assert_int_eq(last_line()->kind == TIMELINE_ENDED ||
                         find_line("act", "ended") != NULL,
        1);
    ck_assert_str_eq(find_line("act", "ended")->result, "exit status 3");
    ck_assert(find_line("act", "write(1, \"word\\n\", 5)") != NULL);
    ck_assert_int_eq(find_line("wait", "read(0")->kind, TIMELINE_STUCK);
}
END_TEST

START_TEST(tracers_are_nobodys_processes)
{
    const struct census_process *processes;

    ck_assert_int_eq(recording_begin(room.socket), 0);
    struct half_view *half = pair_start(
        STUDENT, "act", "shell", "(exit 3) & (exit 4); wait; cat", NULL);
    ck_assert_uint_eq(
        pair_wait(half, UNTIL_SETTLED, 0)->outcome, OUTCOME_HOLDS);
    size_t n = pair_processes(&processes);
    for (size_t i = 0; i < n; i++)
        ck_assert_str_ne(processes[i].name, "strace");
    half_signal(half, SIGSTOP);
    ck_assert_uint_eq(
        pair_wait(half, UNTIL_SETTLED, 0)->outcome, OUTCOME_HOLDS);
    half_signal(half, SIGCONT);
    half_close(half);
    ck_assert_uint_eq(pair_wait(half, UNTIL_ENDED, 0)->outcome, OUTCOME_HOLDS);
    recording_take(room.socket, &timeline, 0, 0);
    ck_assert_uint_eq(pair_strays(), 0);
    ck_assert(find_line("act", "ended") != NULL);
}
END_TEST

/* It goes on without them, and nobody waits for ever. */
START_TEST(a_half_may_end_its_tracer)
{
    ck_assert_int_eq(recording_begin(room.socket), 0);
    struct half_view *half = pair_start(STUDENT, "act", "shell",
        "echo word; kill -KILL -1; sleep 0; echo more", NULL);
    pair_wait(half, UNTIL_ENDED, 0);
    recording_take(room.socket, &timeline, 0, 0);
    ck_assert_uint_le(timeline.n, TIMELINE_ALL);
}
END_TEST

/* Traced, whoever has stopped looks like one that is about to go on. */
static const char *const stops[] = {"kill -STOP $$",
    "kill -STOP $(grep ^TracerPid: /proc/self/status | cut -f 2); true"};

START_TEST(who_has_stopped_for_good_is_stuck)
{
    ck_assert_int_eq(recording_begin(room.socket), 0);
    struct half_view *half =
        pair_start(STUDENT, "act", "shell", stops[_i], NULL);
    ck_assert_uint_eq(pair_wait(half, UNTIL_ENDED, 0)->outcome, OUTCOME_STUCK);
}
END_TEST

START_TEST(keeps_the_end_of_a_flood)
{
    struct start how = {.keep = 1 << 20};

    ck_assert_int_eq(recording_begin(room.socket), 0);
    struct half_view *half = pair_start_as(&how, STUDENT, "act", "shell",
        "i=0; while [ $i -lt 4000 ]; do echo $i; i=$((i+1)); done; exit 5",
        NULL);
    ck_assert_uint_eq(pair_wait(half, UNTIL_ENDED, 0)->outcome, OUTCOME_HOLDS);
    recording_take(room.socket, &timeline, 0, 0);
    ck_assert_str_eq(last_line()->result, "exit status 5");
    ck_assert(find_line("act", "... ") != NULL);
}
END_TEST

Suite *
timeline_suite(void)
{
    Suite *suite = suite_create("timeline");
    TCase *tcase = tcase_create("timeline");

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_checked_fixture(tcase, enter, NULL);
    tcase_add_loop_test(tcase, spells_calls_as_a_program_does, 0,
        sizeof spellings / sizeof spellings[0]);
    tcase_add_test(tcase, a_semaphore_is_made_and_waited_for);
    tcase_add_test(tcase, joins_a_call_that_was_interrupted_by_another);
    tcase_add_test(tcase, names_children_and_what_they_become);
    tcase_add_test(tcase, merges_halves_by_time);
    tcase_add_test(tcase, folds_what_repeats);
    tcase_add_test(tcase, a_flood_is_cut_in_the_middle);
    tcase_add_loop_test(tcase, any_bytes_make_lines_that_fit, 0, 20);
    tcase_add_test(tcase, long_and_odd_ones_fit);
    tcase_add_test(tcase, many_processes_share_the_lines);
    tcase_add_test(tcase, a_half_without_a_trace_makes_none);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("recording");
    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_checked_fixture(tcase, room_enter, room_leave);
    tcase_add_test(tcase, traces_both_sides_until_they_are_stuck);
    tcase_add_test(tcase, tracers_are_nobodys_processes);
    tcase_add_test(tcase, a_half_may_end_its_tracer);
    tcase_add_loop_test(tcase, who_has_stopped_for_good_is_stuck, 0,
        (int)(sizeof stops / sizeof stops[0]));
    tcase_add_test(tcase, keeps_the_end_of_a_flood);
    suite_add_tcase(suite, tcase);
    return suite;
}
