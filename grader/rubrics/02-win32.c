/*
 * 02-win32.c - how lab 02 is marked on Win32
 *
 * As on POSIX (02-anonpipe.c): while the child waits for its first line it is
 * looked at who holds which end of which pipe (ends.h), and only after that
 * proof does the nonce go in. The children are the client, or the grader's
 * "child" (grader/wine/child.c).
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "../../labs/02-anonpipe/protocol.h"
#include "children.h"
#include "ends.h"
#include "explain.h"
#include "labs.h"
#include "mistakes.h"
#include "phrases.h"
#include "text.h"
#include "windows.h"

enum {
    BIG = 8 << 20,
    NOT_WAITED = 259 & 0xff /* STILL_ACTIVE, as an exit status */
};

/* Of the server and its child, as of the last look. */
static struct holder own;
static struct holder child;

/* Returns the number of children; -1: the server has ended. */
static int
find_family(const struct half_view *server)
{
    const struct holder *list;
    size_t n = find_holders(server, &list);
    int children = 0;

    if (n == 0)
        return -1;
    own = list[0];
    for (size_t i = 1; i < n; i++)
        if (list[i].is_child) {
            child = list[i];
            children++;
        }
    return children;
}

/* What the child's standard input (or output) is, instead of what it should
 * be. */
static void
name_stream(char *text, size_t size, int stream)
{
    const struct pipe_end *end = find_end(&child, child.stream[stream]);

    if (child.stream[stream] == 0)
        text_add(text, size, "closed");
    else if (child.same[stream] != -1)
        text_add(text, size, "the server's own");
    else if (end == NULL)
        text_add(text, size, "no pipe");
    else if (!is_anonymous(end))
        text_add(text, size, "a pipe that has a name: %s", end->pipe + 1);
    else if (end->mode != "rw"[stream])
        text_add(text, size, "the wrong end of a pipe");
    else
        text_add(
            text, size, "a pipe, but the server does not hold its other end");
}

/* The programs that are started here do not end before they get input. */
static void
explain_early_end(struct half_view *server)
{
    int status = WEXITSTATUS(half_state(server)->status);

    if (status == STATUS_NOT_STARTED)
        explain_id(
            "WA9", find_win32_call(server, "CreateProcess(", 0) == NULL
                       ? "server has not called CreateProcess()"
                       : "server says (status 127) that the program cannot be "
                         "started, though the program is there");
    else if (status == STATUS_NO_LINES)
        explain_id("", "status 3 is the client's: its input has ended before "
                       "anything was sent");
}

static const char piped[] =
    "one child, its standard input and output on two anonymous pipes to the "
    "server";

static void
expect_child(struct half_view *server, const char *program)
{
    explain_lab = tell_stuck_pipes;
    expect_settled(server);
    if (half_state(server)->has_ended) {
        explain_early_end(server);
        explain(server, pair_wait(server, UNTIL_ENDED, 0));
    }
    int children = find_family(server);
    expect_that(server, children != -1, "", piped, "the server has ended");
    expect_that(server, children > 0, "", piped,
        "the server has no child that runs the program");
    expect_that(server, children == 1, "", piped, "the server has %d children",
        children);
    expect_that(server, strcmp(child.name, program) == 0, "", piped,
        "the child runs %s, not %s", child.name, program);
}

/* The server has one child that runs the program, and is joined to it. */
static void
expect_joined(struct half_view *server, const char *program)
{
    const struct pipe_end *ends[2];
    char got[120] = "";

    expect_child(server, program);
    for (int i = 0; i < 2; i++) {
        ends[i] = find_end(&child, child.stream[i]);
        int is_joined = ends[i] != NULL && ends[i]->mode == "rw"[i] &&
                        is_anonymous(ends[i]) &&
                        find_other_end(&own, ends[i]->pipe, "wr"[i]) != NULL;
        name_stream(got, sizeof got, i);
        expect_that(server, is_joined, child.same[i] != -1 ? "WA8" : "", piped,
            "the standard %s of %s is %s", i == 0 ? "input" : "output",
            child.name, got);
        got[0] = '\0';
    }
    expect_that(server, strcmp(ends[0]->pipe, ends[1]->pipe) != 0, "", piped,
        "one pipe for both directions");
}

void
expect_piped_win32(struct half_view *server)
{
    expect_joined(server, "client");
}

/* The arguments of the tool: what it does, and a number or NULL. */
static struct half_view *
start_child_as(const struct start *start, const char *word, const char *number)
{
    struct half_view *server =
        pair_start_as(start, STUDENT, "server", "child", word, number, NULL);

    expect_joined(server, "child");
    return server;
}

static struct half_view *
start_child(const char *word, const char *number)
{
    return start_child_as(&with_plenty, word, number);
}

/* ---- the server, with the reference client or the grader's child ---- */

START_TEST(server_talks)
{
    expect_no_complaint(talk_to_child(STUDENT, REFERENCE), "all has gone well");
}
END_TEST

START_TEST(server_pipes)
{
    struct half_view *server = start_pair(STUDENT, REFERENCE);

    expect_that(server, child.same[2] == 2, "",
        "the child's standard error is the server's own", "%s",
        child.stream[2] == 0 ? "it is closed" : "it is something else");
    /* Wine hands standard streams on in any case; Windows does not. */
    const struct relay_call *call =
        find_win32_call(server, "CreateProcess(", 0);
    uint32_t inherits = call != NULL ? (uint32_t)relay_argument(call, 4) : 1;
    expect_that(server, inherits != 0, "WA8",
        "CreateProcess() with bInheritHandles TRUE", "it is FALSE");
}
END_TEST

/* What the child has beside its streams. */
static void
describe_ends(char *text, size_t size, const char *count)
{
    text_add(text, size, "%s more:", count);
    for (size_t i = 0; i < child.ends; i++) {
        const struct pipe_end *end = &child.end[i];
        if (end->handle == child.stream[0] || end->handle == child.stream[1])
            continue;
        int is_input =
            find_end(&child, child.stream[0]) != NULL &&
            strcmp(find_end(&child, child.stream[0])->pipe, end->pipe) == 0;
        text_add(text, size, "%s the %s end of its own %s (handle 0x%x)",
            text[strlen(text) - 1] == ':' ? "" : ",",
            end->mode == 'w' ? "write" : "read", is_input ? "input" : "output",
            end->handle);
    }
}

START_TEST(server_leaks_nothing)
{
    char got[300] = "";
    size_t size;
    struct half_view *server = start_child("look", NULL);

    settle(server);
    const char *told = half_output(server, 1, &size);
    if (size > 0 && strcmp(told, "0\n") != 0) {
        char count[12];
        snprintf(count, sizeof count, "%.*s", (int)strcspn(told, "\n"), told);
        describe_ends(got, sizeof got, count);
        expect_that(server, 0, "WN8",
            "the child has no ends of pipes but its standard input and output",
            "%s", got);
    }
    expect_line(server, "0");
    half_send(server, nonce_line(0));
    expect_line(server, nonce(0));
    expect_good_end(server);
}
END_TEST

START_TEST(server_keeps_its_own)
{
    struct half_view *server = start_pair(STUDENT, REFERENCE);
    const char *input = find_end(&child, child.stream[0])->pipe;
    const char *output = find_end(&child, child.stream[1])->pipe;
    static const char what[] =
        "the server has closed the two ends that are the child's";

    expect_that(server, find_other_end(&own, output, 'w') == NULL, "WN7", what,
        "it holds the write end of the child's output");
    expect_that(server, find_other_end(&own, input, 'r') == NULL, "WA7", what,
        "it holds the read end of the child's input");
    half_send(server, nonce_line(0));
    expect_numbered(server, 1, nonce(0));
}
END_TEST

START_TEST(server_ends_input)
{
    struct half_view *server = start_child("count", NULL);
    char text[128];
    char expected[16];
    size_t length = 20 + nonce_number(0) % 100;

    memset(text, 'x', length);
    text[10] = '\n';
    half_send_bytes(server, text, length);
    half_close(server);
    snprintf(expected, sizeof expected, "%zu\n", length);
    expect_output(server, expected);
    expect_exit(server, 0);
}
END_TEST

START_TEST(server_big)
{
    const uint64_t seed = nonce_number(0);
    const struct start big = {.flags = START_PATTERN, .seed = seed};
    struct half_view *server = start_child_as(&big, "cat", NULL);

    half_send_pattern(server, seed, BIG);
    half_close(server);
    expect_pattern(server, BIG);
    expect_exit(server, 0);
}
END_TEST

START_TEST(server_both_ways)
{
    /* The child talks before it listens: more than a pipe holds, each way. */
    char *both = malloc(2 * TALK);
    struct half_view *server = start_child("first", "300000");

    if (both == NULL)
        pair_trouble("out of memory");
    memset(both, 'x', TALK);
    memset(both + TALK, 'y', TALK);
    half_send(server, nonce_line(0));
    half_send_bytes(server, both + TALK, TALK);
    half_close(server);
    expect_output_bytes(server, both, 2 * TALK);
    expect_exit(server, 0);
    free(both);
}
END_TEST

START_TEST(server_status)
{
    char number[16];
    int status = 4 + (int)(nonce_number(0) % 100);

    snprintf(number, sizeof number, "%d", status);
    struct half_view *server = start_child("exit", number);
    half_send(server, nonce_line(0));
    expect_exit(server, status);
    server = start_child("crash", NULL);
    half_send(server, nonce_line(0));
    note("the child crashes");
    expect_output(server, "");
    int end = half_state(server)->status;
    expect_that(server, end != 0, "",
        "a status that tells of the crash (whatever its low 8 bits are)",
        "exit status 0");
}
END_TEST

START_TEST(server_not_started)
{
    struct half_view *server = pair_start(STUDENT, "server", NULL);

    expect_exit(server, 2);
    server = pair_start(STUDENT, "server", name(), NULL);
    expect_exit(server, STATUS_NOT_STARTED);
    expect_said(server, name(), NULL);
    expect_output(server, "");
    note("and a program that is there"); /* which it does start */
    start_pair(STUDENT, REFERENCE);
}
END_TEST

START_TEST(server_end_is_no_failure)
{
    struct half_view *server = start_child("head", "1");

    half_send(server, nonce_line(0));
    expect_line(server, nonce(0));
    pair_wait(server, UNTIL_ENDED, 0);
    const struct half_state *state = half_state(server);
    int is_failure =
        state->has_ended && (state->status != 0 || state->bytes[1] > 0);
    if (is_failure)
        tell_stuck_pipes(0);
    expect_output(server, "");
    expect_exit(server, 0);
    expect_no_complaint(server, "the end of a pipe is no failure");
}
END_TEST

START_TEST(server_early_end)
{
    /* The child reads no more, but cannot end while we hold the output back:
     * the server has all the time that it needs to notice. */
    const struct start held = {.flags = START_HOLD, .keep = PLENTY};
    char *expected = malloc(TALK + 32);
    struct half_view *server = start_child_as(&held, "deaf", "300000");

    if (expected == NULL)
        pair_trouble("out of memory");
    char input[ENDS_NAME];
    memcpy(input, find_end(&child, child.stream[0])->pipe, sizeof input);
    half_send(server, nonce_line(0));
    half_send_pattern(server, nonce_number(1), PLENTY);
    expect_settled(server);
    find_family(server);
    expect_that(server, find_other_end(&own, input, 'r') == NULL, "WA7",
        "a server that is told when the child reads no more",
        "the server holds the read end of the child's input itself");
    half_release(server);
    size_t length = (size_t)sprintf(expected, "%s", nonce_line(0));
    memset(expected + length, 'x', TALK);
    expect_output_bytes(server, expected, length + TALK);
    expect_exit(server, 0);
    expect_no_complaint(server, "a child need not read all of its input");
    free(expected);
}
END_TEST

START_TEST(server_waits)
{
    char number[16];
    int status = 4 + (int)(nonce_number(0) % 100);

    snprintf(number, sizeof number, "%d", status);
    struct half_view *server = start_child("quiet", number);
    half_send(server, nonce_line(0));
    note("the child closes its output and goes on");
    settle(server);
    const struct half_state *state = half_state(server);
    expect_that(server, !state->has_ended,
        WEXITSTATUS(state->status) == NOT_WAITED ? "WA5" : "",
        "the server waits until its child has ended",
        "it has ended before its child: exit status %d",
        WEXITSTATUS(state->status));
    half_close(server);
    expect_output(server, "");
    expect_exit(server, status);
    settle(server);
    expect_left(server, NULL);
}
END_TEST

START_TEST(server_arguments)
{
    char expected[120];
    char got[300] = "";
    size_t size;
    struct half_view *server = pair_start(STUDENT, "server", "child", "say",
        "a b", "", "c\"d", "*", "\\\"", "e f\\", "\\\\g\\h", nonce(0), NULL);

    expect_joined(server, "child");
    half_send(server, nonce_line(0));
    snprintf(expected, sizeof expected,
        "[a b][][c\"d][*][\\\"][e f\\][\\\\g\\h][%s]", nonce(0));
    pair_wait(server, UNTIL_ENDED, 0);
    const char *printed = half_output(server, 1, &size);
    if (strncmp(expected, printed, size) != 0) {
        text_quote(got, sizeof got, printed, size);
        expect_that(server, 0, "WA6", expected, "%s", got);
    }
    expect_output(server, expected);
    expect_exit(server, 0);
}
END_TEST

START_TEST(server_grandchild)
{
    /* The child ends, but what it has started goes on printing. */
    struct half_view *server = start_child("grandchild", "5");

    half_send(server, nonce_line(0));
    note("the child ends, its own child goes on");
    expect_settled(server);
    for (int i = 1; i < 3; i++) {
        half_send(server, nonce_line(i));
        expect_line(server, nonce(i));
    }
    half_close(server);
    expect_output(server, "");
    expect_exit(server, 5);
}
END_TEST

START_TEST(server_cannot_print)
{
    /* The child ends when nobody can read its output any more. */
    const struct start closed = {.flags = START_CLOSED};
    struct half_view *server = start_child_as(&closed, "flood", NULL);

    half_send(server, nonce_line(0));
    note("nobody reads standard output");
    expect_exit(server, 1);
    expect_said(server, NULL);
    settle(server);
    expect_left(server, NULL);
}
END_TEST

START_TEST(server_rests)
{
    struct half_view *server = start_pair(STUDENT, REFERENCE);

    half_send(server, nonce_line(0));
    expect_numbered(server, 1, nonce(0));
    expect_settled(server);
    expect_good_end(server);
}
END_TEST

/* ---- the client, with the reference server ---- */

START_TEST(client_numbers)
{
    number_lines(REFERENCE, STUDENT);
}
END_TEST

START_TEST(client_answers)
{
    talk_to_child(REFERENCE, STUDENT);
}
END_TEST

START_TEST(client_no_lines)
{
    struct half_view *server = start_pair(REFERENCE, STUDENT);

    half_close(server);
    expect_output(server, "");
    expect_exit(server, STATUS_NO_LINES);
    expect_exit(pair_start(STUDENT, "client", name(), NULL), 2);
}
END_TEST

START_TEST(client_odd)
{
    number_odd_lines(REFERENCE, STUDENT);
}
END_TEST

START_TEST(client_any_bytes)
{
    number_any_bytes(REFERENCE, STUDENT);
}
END_TEST

START_TEST(client_many)
{
    number_many_lines(REFERENCE, STUDENT);
}
END_TEST

START_TEST(client_cannot_print)
{
    const struct start closed = {.flags = START_CLOSED};
    struct half_view *client = pair_start(STUDENT, "client", NULL);

    expect_work(client, 1);
    client = pair_start_as(&closed, STUDENT, "client", NULL);
    half_send(client, nonce_line(0));
    note("nobody reads standard output");
    expect_exit(client, 1);
    expect_said(client, NULL);
}
END_TEST

/* ---- both together ---- */

START_TEST(pair_talks)
{
    talk_to_child(STUDENT, STUDENT);
}
END_TEST

START_TEST(pair_many)
{
    number_many_lines(STUDENT, STUDENT);
}
END_TEST

static const struct item items[] = {
    {7, "server", 8, "passes lines on and brings the answers", &server_talks},
    {4, "server", 5, "starts the child on two anonymous pipes", &server_pipes},
    {5, "server", 5, "gives the child no other handles", &server_leaks_nothing},
    {5, "server", 7, "closes the ends that are the child's",
        &server_keeps_its_own},
    {4, "server", 8, "ends the child's input when its own ends",
        &server_ends_input},
    {5, "server", 8, "passes 8 MB both ways", &server_big},
    {5, "server", 8, "reads and writes at the same time", &server_both_ways},
    {6, "server", 9, "passes the child's exit status on", &server_status},
    {4, "server", 5, "says when a program cannot be started",
        &server_not_started},
    {4, "server", 6, "takes the end of a pipe for no failure",
        &server_end_is_no_failure},
    {4, "server", 8, "survives a child that stops reading", &server_early_end},
    {4, "server", 9, "waits for its child", &server_waits},
    {4, "server", 5, "passes arguments on as they are", &server_arguments},
    {4, "server", 7, "goes on while a grandchild prints", &server_grandchild},
    {3, "server", 6, "fails when it cannot print", &server_cannot_print},
    {2, "server", 8, "waits without using the processor", &server_rests},
    {6, "client", 1, "numbers the lines", &client_numbers},
    {4, "client", 2, "answers each line before the next comes",
        &client_answers},
    {2, "client", 3, "ends with status 3 if there was no line",
        &client_no_lines},
    {3, "client", 1, "numbers empty lines and one without end", &client_odd},
    {3, "client", 1, "numbers lines of any bytes and any length",
        &client_any_bytes},
    {3, "client", 1, "numbers 10,000 lines", &client_many},
    {2, "client", 2, "fails when it cannot print", &client_cannot_print},
    {5, "pair", 9, "work together", &pair_talks},
    {2, "pair", 9, "number 10,000 lines", &pair_many},
};

const struct lab lab_02_win32 = {
    .name = "02-anonpipe",
    .target = &target_win32,
    .programs = {"server", "client", NULL},
    .tools = {"ends", "child", NULL},
    .items = items,
    .nitems = sizeof items / sizeof items[0],
    .mistakes = mistakes_02_win32,
};
