/*
 * test_pair.c - the real warden, spoken to as an item does
 *
 * Most tests run twice: in a sandbox, and without one.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "room.h"
#include "suites.h"

static const char a[] = "act"; /* the programs of the fixtures */
static const char w[] = "wait";

static struct half_view *
shell(const char *script)
{
    return pair_start(STUDENT, a, "shell", script, NULL);
}

static void
check_output(struct half_view *half, int stream, const char *text)
{
    size_t size;
    const char *output = half_output(half, stream, &size);

    ck_assert_str_eq(output, text);
    ck_assert_uint_eq(size, strlen(text));
}

/* Waits for the end of the half, which must have this exit status. */
static void
check_exit(struct half_view *half, int status)
{
    const struct reply *reply = pair_wait(half, UNTIL_ENDED, 0);

    ck_assert_uint_eq(reply->outcome, OUTCOME_HOLDS);
    ck_assert(half_state(half)->has_ended);
    ck_assert(WIFEXITED(half_state(half)->status));
    ck_assert_int_eq(WEXITSTATUS(half_state(half)->status), status);
}

START_TEST(waits_for_lines)
{
    struct half_view *half = shell("echo one; echo two; printf half; cat");
    const struct reply *reply = pair_wait(half, UNTIL_LINES, 2);

    ck_assert_uint_eq(reply->outcome, OUTCOME_HOLDS);
    ck_assert_uint_eq(reply->half[0].lines, 2);
    ck_assert(!half_state(half)->has_ended);
    reply = pair_wait(half, UNTIL_LINES, 3);
    ck_assert_uint_eq(reply->outcome, OUTCOME_STUCK);
    ck_assert_uint_eq(half_state(half)->bytes[0], 12);
    half_close(half);
    ck_assert_uint_eq(pair_wait(half, UNTIL_LINES, 3)->outcome, OUTCOME_ENDED);
    check_output(half, 1, "one\ntwo\nhalf");
}
END_TEST

START_TEST(waits_for_bytes)
{
    struct half_view *half = shell("printf 12345; cat");

    ck_assert_uint_eq(pair_wait(half, UNTIL_BYTES, 5)->outcome, OUTCOME_HOLDS);
    ck_assert_uint_eq(pair_wait(half, UNTIL_BYTES, 6)->outcome, OUTCOME_STUCK);
    half_send(half, "6");
    ck_assert_uint_eq(pair_wait(half, UNTIL_BYTES, 6)->outcome, OUTCOME_HOLDS);
}
END_TEST

START_TEST(waits_for_rest_up_to_a_timeout)
{
    static const struct {
        const char *word;
        const char *argument;
        int timeout;
    } rests[] = {{"poll", "1000000", 1000000}, {"select", "1000", 1000000},
        {"poll", "-1", -1}, {"timerfd", "", -1}};

    for (size_t i = 0; i < sizeof rests / sizeof rests[0]; i++) {
        struct half_view *half =
            pair_start(STUDENT, w, rests[i].word, rests[i].argument, NULL);
        ck_assert_uint_eq(
            pair_wait(half, UNTIL_RESTING, 0)->outcome, OUTCOME_HOLDS);
        ck_assert_int_eq(half_state(half)->timeout, rests[i].timeout);
        half_kill(half);
    }
}
END_TEST

START_TEST(waits_for_the_end)
{
    struct half_view *half = shell("echo out; echo err >&2; exit 3");

    check_exit(half, 3);
    check_output(half, 1, "out\n");
    check_output(half, 2, "err\n");
    /* And again: it stays ended. */
    check_exit(half, 3);
    ck_assert_uint_eq(pair_wait(half, UNTIL_LINES, 1)->outcome, OUTCOME_HOLDS);
    ck_assert_uint_eq(pair_wait(half, UNTIL_LINES, 2)->outcome, OUTCOME_ENDED);
}
END_TEST

START_TEST(tells_the_signal_that_ended_it)
{
    struct half_view *half = shell("kill -SEGV $$");
    const struct reply *reply = pair_wait(half, UNTIL_ENDED, 0);

    ck_assert_uint_eq(reply->outcome, OUTCOME_HOLDS);
    ck_assert(WIFSIGNALED(half_state(half)->status));
    ck_assert_int_eq(WTERMSIG(half_state(half)->status), SIGSEGV);
}
END_TEST

START_TEST(settles_when_everybody_waits)
{
    struct half_view *one = pair_start(STUDENT, w, "input", NULL);
    struct half_view *two = shell("read line; echo $line; cat");

    ck_assert_uint_eq(pair_wait(one, UNTIL_SETTLED, 0)->outcome, OUTCOME_HOLDS);
    half_send(two, "word\n");
    ck_assert_uint_eq(pair_wait(two, UNTIL_SETTLED, 0)->outcome, OUTCOME_HOLDS);
    check_output(two, 1, "word\n"); /* all that comes has come */
}
END_TEST

START_TEST(names_who_spins)
{
    struct half_view *half = shell("cat");

    pair_start(STUDENT, w, "spin", NULL);
    const struct reply *reply = pair_wait(half, UNTIL_ENDED, 0);
    ck_assert_uint_eq(reply->outcome, OUTCOME_SPINS);
    ck_assert_int_eq(reply->culprit, 1);
    /* It burns what it may, and the kernel ends it. */
    while (!half_state(pair_half(1))->has_ended)
        pair_wait(pair_half(1), UNTIL_ENDED, 0);
    ck_assert(WIFSIGNALED(half_state(pair_half(1))->status));
}
END_TEST

static const char *const children[][2] = {
    {"burnt-children", "40"},
    {"burnt-children", "100000"},
    {"vanishing-children", "40"},
};

/* What others have burnt while something came of it is not held against them;
 * and to spin in one child after another is to spin, whether they are counted
 * at their end or not. */
START_TEST(names_who_spins_and_not_who_has_worked)
{
    struct half_view *worker = pair_start(STUDENT, w, "work", "1500", NULL);

    pair_wait(worker, UNTIL_BYTES, 150);
    pair_start(STUDENT, w, children[_i][0], children[_i][1], NULL);
    const struct reply *reply = pair_wait(worker, UNTIL_ENDED, 0);
    ck_assert_uint_eq(reply->outcome, OUTCOME_SPINS);
    ck_assert_int_eq(reply->culprit, 1);
}
END_TEST

/* Which is what the naps are, not how many of them the machine lets it have. */
static const char *const naps[] = {"1", "24"};

START_TEST(names_who_polls)
{
    struct half_view *half = shell("cat");

    pair_start(STUDENT, w, "sleep", naps[_i], NULL);
    const struct reply *reply = pair_wait(half, UNTIL_ENDED, 0);
    ck_assert_uint_eq(reply->outcome, OUTCOME_POLLS);
    ck_assert_int_eq(reply->culprit, 1);
}
END_TEST

/* A long sleep is known from its call, many short ones from a clock: the only
 * wait that one decides. */
static const char *const sleeps[] = {"1000000", "26"};

START_TEST(names_who_sleeps_too_long)
{
    struct half_view *half = shell("cat");

    pair_start(STUDENT, w, "sleep", sleeps[_i], NULL);
    const struct reply *reply = pair_wait(half, UNTIL_ENDED, 0);
    ck_assert_uint_eq(reply->outcome, OUTCOME_LIMIT);
    ck_assert_int_eq(reply->culprit, 1);
}
END_TEST

/* What cannot be proved to wait is the half's own doing, too: a clock of those
 * times alone in which nobody runs decides. */
START_TEST(names_who_does_not_run_at_all)
{
    struct half_view *half = shell("cat");

    pair_start(STUDENT, w, "vfork", NULL);
    const struct reply *reply = pair_wait(half, UNTIL_ENDED, 0);
    ck_assert_uint_eq(reply->outcome, OUTCOME_ODD);
    ck_assert_int_eq(reply->culprit, 1);
}
END_TEST

START_TEST(who_prints_a_little_for_ever_sleeps)
{
    struct half_view *half = pair_start(STUDENT, w, "trickle", "200", NULL);

    ck_assert_uint_eq(pair_wait(half, UNTIL_ENDED, 0)->outcome, OUTCOME_LIMIT);
    /* In 120 s it would have said more. */
    ck_assert_uint_lt(half_state(half)->bytes[1], 500);
}
END_TEST

/* To complain again and again is no result. */
START_TEST(who_complains_for_ever_polls)
{
    struct half_view *half = pair_start(STUDENT, w, "trickle", "5", NULL);

    ck_assert_uint_eq(pair_wait(half, UNTIL_ENDED, 0)->outcome, OUTCOME_POLLS);
}
END_TEST

/* Whoever has all the processes that there can be keeps nobody out. */
START_TEST(zombies_leave_room_for_the_next_half)
{
    struct half_view *half = pair_start(STUDENT, a, "zombies", NULL);

    while (half_state(half)->lines == 0)
        pair_wait(half, UNTIL_LINES, 1);
    check_exit(pair_start(STUDENT, a, "file", "work", NULL), 0);
}
END_TEST

START_TEST(ends_who_prints_without_end)
{
    static const char *const streams[] = {"1", "2"};
    struct half_view *half = pair_start(STUDENT, a, "flood", streams[_i], NULL);
    size_t size;

    ck_assert_uint_eq(pair_wait(half, UNTIL_ENDED, 0)->outcome, OUTCOME_FLOOD);
    ck_assert(half_state(half)->has_ended && half_state(half)->is_flood);
    half_output(half, 1 + _i, &size);
    ck_assert_uint_eq(size, KEPT_BYTES);
}
END_TEST

/* Whoever floods the streams of a half ends with it. */
START_TEST(ends_the_child_that_prints_without_end)
{
    static const char *const streams[] = {"1", "2"};
    const struct census_process *list;
    struct half_view *half =
        pair_start(STUDENT, a, "flood-child", streams[_i], NULL);

    ck_assert_uint_eq(pair_wait(half, UNTIL_ENDED, 0)->outcome, OUTCOME_FLOOD);
    ck_assert_uint_eq(
        pair_wait(half, UNTIL_SETTLED, 0)->outcome, OUTCOME_HOLDS);
    ck_assert_uint_eq(pair_processes(&list), 0);
}
END_TEST

/* Also if the half has ended before, and the other one lives on. */
START_TEST(ends_the_orphan_that_prints_without_end)
{
    static const char *const streams[] = {"1", "2"};
    const struct census_process *list;
    struct half_view *other = pair_start(REFERENCE, w, "input", NULL);
    struct half_view *half =
        pair_start(STUDENT, a, "flood-orphan", streams[_i], NULL);

    while (!half_state(half)->is_flood)
        pair_wait(half, UNTIL_BYTES, KEPT_BYTES + 1);
    ck_assert_uint_eq(pair_wait(half, UNTIL_ENDED, 0)->outcome, OUTCOME_FLOOD);
    ck_assert_uint_eq(
        pair_wait(other, UNTIL_SETTLED, 0)->outcome, OUTCOME_HOLDS);
    ck_assert_uint_eq(pair_processes(&list), 1);
    ck_assert_int_eq(list[0].pid, half_state(other)->pid);
}
END_TEST

/* The end of somebody whom nobody waits for is no result. */
START_TEST(orphans_are_no_progress)
{
    struct half_view *half = pair_start(STUDENT, w, "orphans", "2", NULL);

    ck_assert_uint_eq(pair_wait(half, UNTIL_ENDED, 0)->outcome, OUTCOME_SPINS);
    ck_assert_int_eq(half_state(half)->has_ended, 0);
}
END_TEST

START_TEST(a_flood_is_told_to_who_waits_for_a_line)
{
    struct half_view *half = pair_start(STUDENT, a, "flood", "2", NULL);

    ck_assert_uint_eq(pair_wait(half, UNTIL_LINES, 1)->outcome, OUTCOME_FLOOD);
}
END_TEST

START_TEST(keeps_as_much_as_it_is_told_to)
{
    struct start how = {.keep = 200000};
    struct half_view *half = pair_start_as(&how, STUDENT, a, "shell",
        "i=0; while [ $i -lt 10000 ]; do echo 123456789; i=$((i+1)); done",
        NULL);
    size_t size;

    check_exit(half, 0);
    half_output(half, 1, &size);
    ck_assert_uint_eq(size, 100000);
    ck_assert_uint_eq(half_state(half)->lines, 10000);
}
END_TEST

START_TEST(feeds_text_and_any_bytes)
{
    struct half_view *half = shell("cat");
    static char bytes[256];
    size_t size;

    for (int i = 0; i < 256; i++)
        bytes[i] = (char)i;
    half_send(half, "first ");
    half_send_bytes(half, bytes, sizeof bytes);
    half_close(half);
    check_exit(half, 0);
    const char *output = half_output(half, 1, &size);
    ck_assert_uint_eq(size, 6 + sizeof bytes);
    ck_assert_mem_eq(output, "first ", 6);
    ck_assert_mem_eq(output + 6, bytes, sizeof bytes);
}
END_TEST

/* More than a pipe holds: feeding goes on while anybody waits. */
START_TEST(feeds_megabytes)
{
    enum {
        SIZE = 3000000
    };
    char *bytes = malloc(SIZE);
    struct half_view *half = shell("wc -c");

    ck_assert(bytes != NULL);
    memset(bytes, 'x', SIZE);
    half_send_bytes(half, bytes, SIZE);
    half_close(half);
    check_exit(half, 0);
    check_output(half, 1, "3000000\n");
    ck_assert_uint_eq(half_state(half)->fed, SIZE);
    free(bytes);
}
END_TEST

START_TEST(nobody_has_to_read_what_is_fed)
{
    enum {
        SIZE = 1000000
    };
    struct half_view *half = shell("exit 5");

    half_send_pattern(half, 1, SIZE);
    half_close(half);
    check_exit(half, 5);
    half_send(half, "too late");
    half_close(half);
    check_exit(half, 5);
}
END_TEST

/* What goes through, and whether it is still what was fed. */
static const struct {
    const char *script;
    int is_wrong;
    uint64_t at; /* bytes that are right */
} filters[] = {
    {"cat", 0, 10000000},
    {"head -c 70000; cat >/dev/null", 0, 70000},
    {"head -c 1000; head -c 1 >/dev/null; cat", 1, 1000},
    {"tail -c +2", 1, 0},
    {"cat; echo more", 1, 10000000},
};

START_TEST(compares_what_flows)
{
    struct start how = {.flags = START_PATTERN, .seed = 7};
    struct half_view *half =
        pair_start_as(&how, STUDENT, a, "shell", filters[_i].script, NULL);

    half_send_pattern(half, 7, 10000000);
    half_close(half);
    pair_wait(half, UNTIL_ENDED, 0);
    const struct half_state *state = half_state(half);
    ck_assert_int_eq(state->pattern_is_wrong, filters[_i].is_wrong);
    ck_assert_uint_ge(state->pattern_at, filters[_i].at);
    /* A byte that differs may be the same by chance. */
    ck_assert_uint_le(state->pattern_at, filters[_i].at + 8);
}
END_TEST

START_TEST(holds_its_output_until_released)
{
    struct start how = {.flags = START_HOLD};
    struct half_view *half =
        pair_start_as(&how, STUDENT, a, "shell", "echo line; exit 4", NULL);

    ck_assert_uint_eq(pair_wait(half, UNTIL_LINES, 1)->outcome, OUTCOME_STUCK);
    ck_assert_uint_eq(half_state(half)->bytes[0], 0);
    half_release(half);
    check_exit(half, 4);
    check_output(half, 1, "line\n");
}
END_TEST

START_TEST(its_output_can_be_a_full_disk)
{
    struct start how = {.flags = START_FULL};
    struct half_view *half =
        pair_start_as(&how, STUDENT, a, "shell", "echo line || exit 7", NULL);

    check_exit(half, 7);
}
END_TEST

START_TEST(its_output_can_be_read_by_nobody)
{
    struct start how = {.flags = START_CLOSED};
    struct half_view *half = pair_start_as(&how, STUDENT, w, "output", NULL);

    pair_wait(half, UNTIL_ENDED, 0);
    ck_assert(WIFSIGNALED(half_state(half)->status));
    ck_assert_int_eq(WTERMSIG(half_state(half)->status), SIGPIPE);
}
END_TEST

START_TEST(its_output_is_read_by_nobody_from_now_on)
{
    struct half_view *half =
        shell("trap '' PIPE; echo one; read line; echo two || exit 7");

    ck_assert_uint_eq(pair_wait(half, UNTIL_LINES, 1)->outcome, OUTCOME_HOLDS);
    half_hang_up(half);
    half_send(half, "go on\n");
    check_exit(half, 7);
    check_output(half, 1, "one\n");
}
END_TEST

START_TEST(its_output_can_have_room_for_ready)
{
    struct start how = {.flags = START_ROOM};
    struct half_view *half = pair_start_as(&how, STUDENT, a, "shell",
        "echo ready; echo x >&2; echo more || exit 7", NULL);

    ck_assert_uint_eq(pair_wait(half, UNTIL_ENDED, 0)->outcome, OUTCOME_STUCK);
    check_output(half, 2, "x\n");
    half_release(half);
    check_exit(half, 0);
    check_output(half, 1, "ready\nmore\n");
}
END_TEST

START_TEST(its_input_can_be_a_folder)
{
    struct start how = {.flags = START_FOLDER};
    struct half_view *half =
        pair_start_as(&how, STUDENT, a, "shell", "cat || exit 7", NULL);

    check_exit(half, 7);
    size_t size;
    ck_assert(strstr(half_output(half, 2, &size), "Is a directory") != NULL);
}
END_TEST

START_TEST(its_input_can_be_a_terminal)
{
    struct start how = {.flags = START_TERMINAL};
    struct half_view *half = pair_start_as(
        &how, STUDENT, a, "shell", "test -t 0 && cat && cat", NULL);

    half_send(half, "typed\n");
    ck_assert_uint_eq(pair_wait(half, UNTIL_LINES, 1)->outcome, OUTCOME_HOLDS);
    half_close(half);
    ck_assert_uint_eq(pair_wait(half, UNTIL_ENDED, 0)->outcome, OUTCOME_STUCK);
    half_send(half, "more\n");
    half_close(half);
    check_exit(half, 0);
    check_output(half, 1, "typed\nmore\n"); /* no echo */
}
END_TEST

static mode_t
mode_of(const char *file)
{
    const struct census_file *files;
    size_t n = pair_files(&files);

    for (size_t i = 0; i < n; i++)
        if (strcmp(files[i].name, file) == 0 &&
            strcmp(files[i].where, "work") == 0)
            return files[i].mode;
    return 0;
}

START_TEST(it_can_have_an_odd_umask)
{
    struct start how = {.flags = START_UMASK};

    check_exit(
        pair_start_as(&how, STUDENT, a, "shell", ": >closed || exit 1", NULL),
        0);
    check_exit(shell(": >open"), 0);
    ck_assert_uint_eq(mode_of("closed") & 0777, 0);
    ck_assert_uint_eq(mode_of("open") & 0777, 0644);
}
END_TEST

START_TEST(counts_children_that_nobody_waited_for)
{
    check_exit(shell("(exit 1); true"), 0);
    ck_assert_uint_eq(pair_strays(), 0);
    struct half_view *half = pair_start(STUDENT, a, "daemon", NULL);
    check_exit(half, 0);
    while (pair_strays() == 0)
        pair_wait(half, UNTIL_SETTLED, 0);
}
END_TEST

START_TEST(an_orphan_may_keep_the_output_open)
{
    struct half_view *half = shell("sleep 1000 & echo line");

    check_exit(half, 0);
    check_output(half, 1, "line\n");
}
END_TEST

START_TEST(makes_reads_patches_removes_files)
{
    char bytes[64];

    pair_make("file", S_IFREG | 0640, "0123456789", 10);
    ck_assert_uint_eq(mode_of("file"), S_IFREG | 0640);
    pair_patch("file", 3, "abc", 3);
    ck_assert_int_eq(pair_read("file", bytes, sizeof bytes), 10);
    ck_assert_mem_eq(bytes, "012abc6789", 10);
    ck_assert_int_eq(pair_read("file", bytes, 4), 4);
    check_exit(shell("test $(cat file) = 012abc6789"), 0);
    pair_remove("file");
    ck_assert_int_eq(pair_read("file", bytes, sizeof bytes), -1);
    pair_make("folder", S_IFDIR | 0700, NULL, 0);
    pair_make("fifo", S_IFIFO | 0600, NULL, 0);
    check_exit(shell("test -d folder && test -p fifo"), 0);
    ck_assert_int_eq(pair_read("folder", bytes, sizeof bytes), -1);
    ck_assert_int_eq(pair_read("fifo", bytes, sizeof bytes), -1);
    pair_remove("folder");
    pair_remove("fifo");
    ck_assert_uint_eq(mode_of("folder") | mode_of("fifo"), 0);
}
END_TEST

START_TEST(follows_no_symbolic_link)
{
    char bytes[64];

    check_exit(shell("echo secret >file; ln -s file link; ln -s . loop"), 0);
    ck_assert(S_ISLNK(mode_of("link")));
    ck_assert_int_eq(pair_read("link", bytes, sizeof bytes), -1);
    ck_assert_int_eq(pair_read("loop", bytes, sizeof bytes), -1);
    pair_patch("link", 0, "public", 6);
    ck_assert_int_eq(pair_read("file", bytes, sizeof bytes), 7);
    ck_assert_mem_eq(bytes, "secret", 6);
    pair_remove("link");
    ck_assert_uint_eq(mode_of("link"), 0);
    ck_assert_uint_ne(mode_of("file"), 0);
}
END_TEST

START_TEST(posts_a_semaphore)
{
    struct half_view *half = pair_start(STUDENT, w, "sem", name(), NULL);

    ck_assert_int_eq(pair_post("no-such-semaphore"), -1);
    ck_assert_uint_eq(pair_wait(half, UNTIL_ENDED, 0)->outcome, OUTCOME_STUCK);
    ck_assert_int_eq(pair_post(name()), 0);
    check_exit(half, 0);
}
END_TEST

START_TEST(finds_a_text_in_a_stdio_buffer)
{
    struct half_view *half =
        pair_start(STUDENT, a, "buffer", "a line nobody sees", NULL);

    pair_wait(half, UNTIL_LINES, 1);
    ck_assert_ptr_eq(pair_buffer_of(half, "a line somebody sees"), NULL);
    const char *who = pair_buffer_of(half, "a line nobody sees");
    ck_assert(who != NULL);
    ck_assert_str_eq(who, a);
}
END_TEST

START_TEST(sends_signals)
{
    struct half_view *half = shell("trap 'exit 9' USR1; echo; cat");
    struct half_view *other = pair_start(STUDENT, w, "signal", NULL);

    pair_wait(half, UNTIL_SETTLED, 0);
    half_kill(other);
    ck_assert(half_state(other)->has_ended);
    ck_assert_int_eq(WTERMSIG(half_state(other)->status), SIGKILL);
    half_signal(half, SIGUSR1);
    half_close(half);
    check_exit(half, 9);
    half_signal(half, SIGUSR1); /* nobody is there: nothing happens */
}
END_TEST

static const struct census_process *
process_of(const struct half_view *half)
{
    const struct census_process *list;
    size_t n = pair_processes(&list);

    for (size_t i = 0; i < n; i++)
        if (list[i].half == half->number)
            return &list[i];
    return NULL;
}

START_TEST(tells_processes_and_their_descriptors)
{
    struct half_view *half = shell("exec 7<>own; cat; :");

    pair_wait(half, UNTIL_SETTLED, 0);
    const struct census_process *process = process_of(half);
    ck_assert(process != NULL);
    ck_assert_int_eq(process->state, 'S');
    ck_assert_uint_eq(process->fds, 4);
    ck_assert_int_eq(process->fd[0].access, O_RDONLY);
    ck_assert_int_eq(process->fd[1].access, O_WRONLY);
    ck_assert_int_eq(process->fd[3].fd, 7);
    ck_assert_int_eq(process->fd[3].access, O_RDWR);
    pid_t pid = process->pid;
    const struct census_process *list;
    size_t n = pair_processes(&list);
    ck_assert_uint_eq(n, 2);
    ck_assert_int_eq(list[1].half, -1);
    ck_assert_int_eq(list[1].parent, pid);
    ck_assert_str_eq(list[1].name, "cat");
}
END_TEST

START_TEST(tells_how_a_file_is_mapped)
{
    struct half_view *shared =
        pair_start(STUDENT, a, "map-shared", "file", NULL);

    pair_wait(shared, UNTIL_ENDED, 0);
    const struct census_process *process = process_of(shared);
    ck_assert(process != NULL);
    ck_assert_uint_eq(process->maps, 1);
    ck_assert_str_eq(process->map[0].access, "rw-s");
    ck_assert_uint_eq(process->map[0].size, 4096);
    ck_assert(!half_state(shared)->maps_private);
    struct half_view *own = pair_start(STUDENT, a, "map-private", "file", NULL);
    pair_wait(own, UNTIL_ENDED, 0);
    ck_assert(half_state(own)->maps_private);
    ck_assert(!half_state(shared)->maps_private);
    pair_remove("file");
}
END_TEST

START_TEST(a_half_gets_its_arguments_and_little_else)
{
    struct half_view *half = pair_start(STUDENT, a, "shell",
        "echo $#; ls /proc/self/fd | wc -l; env | cut -d= -f1 | sort | "
        "tr '\\n' ' '; umask; ulimit -c",
        "", "two words", NULL);

    check_exit(half, 0);
    check_output(half, 1,
        "0\n4\nASAN_OPTIONS HOME LC_ALL MALLOC_PERTURB_ PATH PWD "
        "UBSAN_OPTIONS 0022\n0\n");
    pair_start(STUDENT, a, "buffer", "", "two words", NULL);
    ck_assert(strstr(pair_verdict->run,
                  ", act buffer '' 'two words' (yours)") != NULL);
}
END_TEST

START_TEST(starts_eight_halves)
{
    struct half_view *half[HALVES];
    char text[8];

    for (int i = 0; i < HALVES; i++)
        half[i] = shell("cat");
    for (int i = 0; i < HALVES; i++) {
        snprintf(text, sizeof text, "%d\n", i);
        half_send(half[i], text);
        half_close(half[i]);
    }
    for (int i = 0; i < HALVES; i++) {
        snprintf(text, sizeof text, "%d\n", i);
        check_exit(half[i], 0);
        check_output(half[i], 1, text);
    }
}
END_TEST

START_TEST(a_program_that_is_not_there_says_so)
{
    struct half_view *half = pair_start(STUDENT, "nothing", NULL);
    size_t size;

    check_exit(half, 126);
    ck_assert(strstr(half_output(half, 2, &size), "No such file") != NULL);
}
END_TEST

/* Secret words come back for the same seed, and differ from each other. */
START_TEST(words_depend_on_the_seed_alone)
{
    struct verdict verdict;
    char first[3][40];

    pair_reset(NULL, &target_posix, 42, &verdict);
    snprintf(first[0], 40, "%s", nonce(0));
    snprintf(first[1], 40, "%s", nonce(1));
    snprintf(first[2], 40, "%s", name());
    ck_assert_str_ne(first[0], first[1]);
    pair_reset(NULL, &target_posix, 43, &verdict);
    ck_assert_str_ne(first[0], nonce(0));
    ck_assert_str_ne(first[2], name());
    pair_reset(NULL, &target_posix, 42, &verdict);
    ck_assert_str_eq(first[0], nonce(0));
    ck_assert_str_eq(first[1], nonce(1));
    ck_assert_str_eq(first[2], name());
    ck_assert(strncmp(nonce_line(1), first[1], strlen(first[1])) == 0);
    ck_assert_uint_ne(nonce_number(1), nonce_number(2));
}
END_TEST

START_TEST(without_its_warden_an_item_is_trouble)
{
    struct half_view *half = shell("cat");

    close(room.socket);
    pair_wait(half, UNTIL_ENDED, 0);
}
END_TEST

static TCase *
cases(const char *title, void (*enter)(void))
{
    TCase *tcase = tcase_create(title);

    tcase_set_timeout(tcase, TEST_TIMEOUT);
    tcase_add_checked_fixture(tcase, enter, room_leave);
    tcase_add_test(tcase, waits_for_lines);
    tcase_add_test(tcase, waits_for_bytes);
    tcase_add_test(tcase, waits_for_rest_up_to_a_timeout);
    tcase_add_test(tcase, waits_for_the_end);
    tcase_add_test(tcase, tells_the_signal_that_ended_it);
    tcase_add_test(tcase, settles_when_everybody_waits);
    tcase_add_test(tcase, names_who_spins);
    tcase_add_loop_test(tcase, names_who_spins_and_not_who_has_worked, 0,
        sizeof children / sizeof children[0]);
    tcase_add_loop_test(tcase, names_who_polls, 0, 2);
    tcase_add_loop_test(tcase, ends_who_prints_without_end, 0, 2);
    tcase_add_loop_test(tcase, ends_the_child_that_prints_without_end, 0, 2);
    tcase_add_loop_test(tcase, ends_the_orphan_that_prints_without_end, 0, 2);
    tcase_add_test(tcase, orphans_are_no_progress);
    tcase_add_test(tcase, names_who_does_not_run_at_all);
    tcase_add_test(tcase, who_prints_a_little_for_ever_sleeps);
    tcase_add_test(tcase, who_complains_for_ever_polls);
    tcase_add_test(tcase, a_flood_is_told_to_who_waits_for_a_line);
    tcase_add_test(tcase, keeps_as_much_as_it_is_told_to);
    tcase_add_test(tcase, feeds_text_and_any_bytes);
    tcase_add_test(tcase, feeds_megabytes);
    tcase_add_test(tcase, nobody_has_to_read_what_is_fed);
    tcase_add_loop_test(
        tcase, compares_what_flows, 0, sizeof filters / sizeof filters[0]);
    tcase_add_test(tcase, holds_its_output_until_released);
    tcase_add_test(tcase, its_output_can_be_a_full_disk);
    tcase_add_test(tcase, its_output_can_be_read_by_nobody);
    tcase_add_test(tcase, its_output_is_read_by_nobody_from_now_on);
    tcase_add_test(tcase, its_output_can_have_room_for_ready);
    tcase_add_test(tcase, its_input_can_be_a_folder);
    tcase_add_test(tcase, its_input_can_be_a_terminal);
    tcase_add_test(tcase, it_can_have_an_odd_umask);
    tcase_add_test(tcase, counts_children_that_nobody_waited_for);
    tcase_add_test(tcase, an_orphan_may_keep_the_output_open);
    tcase_add_test(tcase, makes_reads_patches_removes_files);
    tcase_add_test(tcase, follows_no_symbolic_link);
    tcase_add_test(tcase, posts_a_semaphore);
    tcase_add_test(tcase, finds_a_text_in_a_stdio_buffer);
    tcase_add_test(tcase, sends_signals);
    tcase_add_test(tcase, tells_processes_and_their_descriptors);
    tcase_add_test(tcase, tells_how_a_file_is_mapped);
    tcase_add_test(tcase, a_half_gets_its_arguments_and_little_else);
    tcase_add_test(tcase, starts_eight_halves);
    tcase_add_test(tcase, a_program_that_is_not_there_says_so);
    return tcase;
}

Suite *
pair_suite(void)
{
    Suite *suite = suite_create("pair");
    TCase *tcase = cases("in a sandbox", room_enter);

    tcase_add_loop_test(tcase, names_who_sleeps_too_long, 0, 2);
    tcase_add_test(tcase, zombies_leave_room_for_the_next_half);
    tcase_add_exit_test(tcase, without_its_warden_an_item_is_trouble, 3);
    suite_add_tcase(suite, tcase);
    suite_add_tcase(suite, cases("without walls", room_enter_bare));
    tcase = tcase_create("words");
    tcase_add_test(tcase, words_depend_on_the_seed_alone);
    suite_add_tcase(suite, tcase);
    return suite;
}
