/*
 * 02-anonpipe.c - how lab 02 is marked
 *
 * Before anything is sent, the child sits in read(): then /proc shows whether
 * its standard input and output are pipes, and whether the server holds the
 * other ends. Only after that proof does the nonce go in.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "../../labs/02-anonpipe/protocol.h"
#include "children.h"
#include "expect.h"
#include "explain.h"
#include "labs.h"
#include "mistakes.h"
#include "orders.h"
#include "phrases.h"
#include "text.h"

enum {
    BIG = 64 << 20,
    PIECES = 20000,
    OURS = 4 /* processes of the server, helpers included */
};

/* Copies of what the census says of the server, of helpers that it has forked
 * (they still run its program) and of its one child. */
static struct census_process ours[OURS];
static size_t nours;
static struct census_process child;

static int
find_family(const struct half_view *server)
{
    const struct census_process *list;
    size_t n = pair_processes(&list);
    int children = 0;

    nours = 0;
    for (size_t i = 0; i < n; i++)
        if (list[i].half == server->number)
            ours[nours++] = list[i];
    for (size_t i = 0; i < n; i++) {
        if (nours == 0 || list[i].parent != ours[0].pid || list[i].state == 'Z')
            continue;
        if (nours < OURS && strcmp(list[i].name, ours[0].name) == 0) {
            ours[nours++] = list[i];
            continue;
        }
        child = list[i];
        children++;
    }
    return children;
}

/* Does the server hold an end of the pipe? */
static int
has_end(uint64_t inode, int access)
{
    for (size_t p = 0; p < nours; p++)
        for (uint32_t i = 0; i < ours[p].fds; i++)
            if (ours[p].fd[i].inode == inode && ours[p].fd[i].access == access)
                return 1;
    return 0;
}

static int
is_pipe(const struct census_fd *end)
{
    return end != NULL && strncmp(end->target, "pipe:[", 6) == 0;
}

/* What the child's standard input (or output) is, instead of what it should
 * be. Numbers of pipes are left out: they differ in every run. */
static const char *
name_end(int fd)
{
    const struct census_fd *end = find_fd(&child, fd);
    const struct census_fd *own = find_fd(&ours[0], fd);

    if (end == NULL)
        return "closed";
    if (own != NULL && strcmp(end->target, own->target) == 0)
        return "the server's own";
    if (is_pipe(end))
        return "a pipe, but the server does not hold its other end";
    return strncmp(end->target, "socket:[", 8) == 0 ? "a socket" : end->target;
}

/* The programs that are started here do not end before they get input. If the
 * server tells that its child did so, by a crash or with 127, then the child
 * never became the program. */
static void
explain_early_end(const struct half_view *server)
{
    int status = half_state(server)->status;

    if (!WIFEXITED(status))
        return;
    if (WEXITSTATUS(status) == STATUS_NOT_STARTED)
        explain_id("EX1", "the child says (status 127) that it cannot become "
                          "the program, though the program is there");
    else if (WEXITSTATUS(status) == STATUS_NO_LINES)
        explain_id("", "status 3 is the client's: its input has ended before "
                       "anything was sent");
    else if (WEXITSTATUS(status) == STATUS_SIGNAL + SIGSEGV)
        explain_id("EX1", "the child crashed (status 139: 128 + SIGSEGV) "
                          "before it became the program");
}

void
expect_piped_posix(struct half_view *server)
{
    static const char *const what =
        "one child, its standard input and output on two anonymous pipes to "
        "the server";

    expect_settled(server);
    if (half_state(server)->has_ended) {
        explain_early_end(server);
        explain(server, pair_wait(server, UNTIL_ENDED, 0));
    }
    int children = find_family(server);
    expect_that(server, nours > 0, "", what, "the server has ended");
    expect_that(server, children > 0, "", what,
        "the server has no child that runs the program");
    expect_that(server, children == 1, "", what, "the server has %d children",
        children);
    for (int fd = 0; fd < 2; fd++) {
        const struct census_fd *end = find_fd(&child, fd);
        int is_joined =
            is_pipe(end) && has_end(end->inode, fd == 0 ? O_WRONLY : O_RDONLY);
        expect_that(server, is_joined, "", what, "the standard %s of %s is %s",
            fd == 0 ? "input" : "output", child.name, name_end(fd));
    }
    expect_that(server, find_fd(&child, 0)->inode != find_fd(&child, 1)->inode,
        "", what, "one pipe for both directions");
}

/* Starts a server with a shell as its child. */
static struct half_view *
start_shell(enum side side, const char *script)
{
    struct half_view *server =
        pair_start_as(&with_plenty, side, "server", "sh", "-c", script, NULL);

    expect_piped_posix(server);
    return server;
}

/* After the end of the server nothing is left of what it has started. */
static void
expect_waited(struct half_view *server)
{
    const struct census_process *list;

    pair_wait(server, UNTIL_SETTLED, 0);
    size_t n = pair_processes(&list);
    expect_that(server, n == 0 && pair_strays() == 0, "AP9",
        "the server waits for its child before it ends",
        "it has ended without waiting for %s", child.name);
}

/* The status that the child has ended with: only waiting tells it. */
static void
expect_status(struct half_view *server, int status)
{
    pair_wait(server, UNTIL_ENDED, 0);
    const struct half_state *state = half_state(server);
    if (state->has_ended && state->status != status << 8)
        expect_waited(server);
    expect_exit(server, status);
}

/* ---- the server, with the reference client or a real program ---- */

START_TEST(server_talks)
{
    expect_no_complaint(talk_to_child(STUDENT, REFERENCE), "all has gone well");
}
END_TEST

START_TEST(server_pipes)
{
    struct half_view *server = start_pair(STUDENT, REFERENCE);
    const struct census_fd *theirs = find_fd(&child, 2);
    const struct census_fd *output = find_fd(&child, 1);
    const struct census_fd *own = find_fd(&ours[0], 2);

    expect_that(server,
        theirs != NULL && own != NULL &&
            strcmp(theirs->target, own->target) == 0,
        "", "the child's standard error is the server's own", "%s",
        theirs == NULL                           ? "it is closed"
        : strcmp(theirs->target, output->target) ? "it is something else"
                                                 : "it goes into the pipe of "
                                                   "its standard output");
}
END_TEST

START_TEST(server_leaks_nothing)
{
    struct half_view *server = start_pair(STUDENT, REFERENCE);
    const uint64_t input = find_fd(&child, 0)->inode;
    const uint64_t output = find_fd(&child, 1)->inode;

    for (uint32_t i = 0; i < child.fds; i++) {
        const struct census_fd *fd = &child.fd[i];
        int is_input = is_pipe(fd) && fd->inode == input;
        int is_output = is_pipe(fd) && fd->inode == output;
        int is_write_end = fd->access == O_WRONLY;
        expect_that(server, fd->fd <= 2, is_input && is_write_end ? "AP14" : "",
            "the child has descriptors 0, 1 and 2, and no others",
            "it has %d, too: the %s end of %s", fd->fd,
            is_write_end ? "write" : "read",
            is_input    ? "its own input"
            : is_output ? "its own output"
                        : "something else");
    }
}
END_TEST

START_TEST(server_ends_input)
{
    struct half_view *server = pair_start(STUDENT, "server", "wc", "-c", NULL);
    char text[128];
    char expected[16];
    size_t length = 20 + nonce_number(0) % 100;

    expect_piped_posix(server);
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
    struct half_view *server =
        pair_start_as(&big, STUDENT, "server", "cat", NULL);

    expect_piped_posix(server);
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
    struct half_view *server = start_shell(
        STUDENT, "read line; head -c 300000 /dev/zero | tr '\\0' x; cat");

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
    char script[64];
    int status = 4 + (int)(nonce_number(0) % 100);

    snprintf(script, sizeof script, "read line; exit %d", status);
    struct half_view *server = start_shell(STUDENT, script);
    half_send(server, nonce_line(0));
    expect_status(server, status);
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
}
END_TEST

START_TEST(server_early_end)
{
    /* The child reads no more, but cannot end while we hold the output back:
     * the server has all the time that it needs to notice. */
    const struct start held = {.flags = START_HOLD, .keep = PLENTY};
    char *expected = malloc(TALK + 32);
    struct half_view *server =
        pair_start_as(&held, STUDENT, "server", "sh", "-c",
            "head -n 1; exec </dev/null; head -c 300000 /dev/zero | tr '\\0' x",
            NULL);

    if (expected == NULL)
        pair_trouble("out of memory");
    expect_piped_posix(server);
    uint64_t input = find_fd(&child, 0)->inode;
    half_send(server, nonce_line(0));
    half_send_pattern(server, nonce_number(1), PLENTY);
    expect_settled(server);
    find_family(server);
    expect_that(server, !has_end(input, O_RDONLY), "AP3",
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

START_TEST(server_sigpipe)
{
    enum {
        SURVIVED = 7
    };
    struct half_view *server =
        start_shell(STUDENT, "read line; kill -PIPE $$; exit 7");

    half_send(server, nonce_line(0));
    const struct reply *reply = pair_wait(server, UNTIL_ENDED, 0);
    expect_that(server,
        reply->outcome != OUTCOME_HOLDS ||
            half_state(server)->status != SURVIVED << 8,
        "AP16", "SIGPIPE ends the child", "the child has survived SIGPIPE");
    expect_status(server, STATUS_SIGNAL + SIGPIPE);
}
END_TEST

START_TEST(server_waits)
{
    struct half_view *server = start_pair(STUDENT, REFERENCE);

    half_send(server, nonce_line(0));
    expect_numbered(server, 1, nonce(0));
    expect_good_end(server);
    expect_waited(server);
    expect_left(server, NULL);
}
END_TEST

START_TEST(server_arguments)
{
    struct half_view *server = pair_start(STUDENT, "server", "sh", "-c",
        "read line; printf '[%s]' \"$@\"", "sh", "a b", "", "*", nonce(0),
        NULL);
    char expected[64];

    expect_piped_posix(server);
    half_send(server, nonce_line(0));
    snprintf(expected, sizeof expected, "[a b][][*][%s]", nonce(0));
    expect_output(server, expected);
    expect_exit(server, 0);
}
END_TEST

START_TEST(server_grandchild)
{
    /* The child ends, but what it has started goes on printing. */
    struct half_view *server =
        start_shell(STUDENT, "read line; exec 3<&0; cat <&3 & exit 5");

    half_send(server, nonce_line(0));
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

/* The child runs, and the server cannot print what it says. */
static void
expect_failure(struct half_view *server)
{
    expect_piped_posix(server);
    half_send(server, nonce_line(0));
    note("standard output is a full disk");
    expect_exit(server, 1);
    expect_said(server, "No space left", NULL);
    expect_waited(server);
}

START_TEST(server_cannot_print)
{
    /* The second child ends when nobody can read its output any more. */
    static const char deaf[] =
        "trap '' TERM; exec 2>/dev/null; read line; while echo x; do :; done";
    const struct start full = {.flags = START_FULL};
    const struct start folder = {.flags = START_FOLDER};

    expect_failure(pair_start_as(&full, STUDENT, "server", "client", NULL));
    expect_failure(
        pair_start_as(&full, STUDENT, "server", "sh", "-c", deaf, NULL));
    struct half_view *server =
        pair_start_as(&folder, STUDENT, "server", "client", NULL);
    note("standard input is a folder");
    pair_wait(server, UNTIL_ENDED, 0); /* with the child's status, or 1 */
    expect_that(server, half_state(server)->bytes[1] > 0, "",
        "server says so when it cannot read its standard input",
        "nothing was said");
}
END_TEST

START_TEST(server_memory)
{
    struct half_view *server =
        pair_start_as(&with_plenty, CHECKED, "server", "sort", NULL);
    char lines[64];

    expect_piped_posix(server);
    /* A nonce begins with a digit, or a to f. */
    snprintf(lines, sizeof lines, "y\nx\n%s", nonce_line(0));
    half_send(server, lines);
    half_close(server);
    expect_line(server, nonce(0));
    expect_output(server, "x\ny\n");
    expect_exit(server, 0);
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
    const struct start folder = {.flags = START_FOLDER};
    struct half_view *server = start_pair(REFERENCE, STUDENT);

    half_close(server);
    expect_output(server, "");
    expect_exit(server, STATUS_NO_LINES);
    expect_read_error(pair_start_as(&folder, STUDENT, "client", NULL));
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
    const struct start full = {.flags = START_FULL};
    const struct start closed = {.flags = START_CLOSED};
    struct half_view *client = pair_start(STUDENT, "client", NULL);

    expect_work(client, 1);
    client = pair_start_as(&full, STUDENT, "client", NULL);
    half_send(client, nonce_line(0));
    note("standard output is a full disk");
    expect_exit(client, 1);
    expect_said(client, "No space left", NULL);
    client = pair_start_as(&closed, STUDENT, "client", NULL);
    half_send(client, nonce_line(0));
    expect_pipe_error(client);
}
END_TEST

START_TEST(client_memory)
{
    struct half_view *client =
        pair_start_as(&with_plenty, CHECKED, "client", NULL);
    char line[5000];

    memset(line, 'm', sizeof line);
    line[sizeof line - 1] = '\n';
    half_send(client, "\n");
    half_send_bytes(client, "a\0b\n", 4);
    half_send_bytes(client, line, sizeof line);
    half_send(client, nonce_line(0));
    half_close(client);
    const struct reply *reply = pair_wait(client, UNTIL_ENDED, 0);
    unsigned int lines = reply->half[client->number].lines;
    if (lines < 4) /* what stands in them is for other items */
        explain(client, reply);
    expect_that(client, lines >= 4, "", "a line for each of four lines",
        "%u of them", lines);
    expect_word(client, 0);
    expect_exit(client, 0);
}
END_TEST

/* ---- both together ---- */

START_TEST(pair_talks)
{
    talk_to_child(STUDENT, STUDENT);
}
END_TEST

/* ---- in every order, with every trouble ---- */

/* Three lines; nobody waits for anything but the end. */
static void
play_pair(void)
{
    char numbered[80] = "";
    struct half_view *server =
        pair_start(STUDENT, "server", program_path(STUDENT, "client"), NULL);

    orders_pause(server);
    if (!orders_is_holding()) /* by what they are joined, others ask */
        expect_that(server, find_family(server) > 0, "",
            "server runs client as its child", "it has no child");
    for (int i = 0; i < 2; i++) {
        text_add(numbered, sizeof numbered, "%d: %s", i + 1, nonce_line(i));
        half_send(server, nonce_line(i));
        orders_pause(server);
    }
    half_close(server);
    expect_output(server, numbered);
    expect_exit(server, 0);
    expect_left(server, NULL);
}

static void
play_server(void)
{
    talk_to_child(STUDENT, REFERENCE);
}

/* Whoever loses the status ends with another one. */
static void
play_status(void)
{
    struct half_view *server =
        start_shell(STUDENT, "read line; echo \"$line\"; exit 5");

    half_send(server, nonce_line(0));
    expect_line(server, nonce(0));
    expect_status(server, 5);
}

/* It must have been seen to work before its failures mean anything. */
static struct half_view *
set_up_server(void)
{
    static int is_proved;

    if (!is_proved++)
        return start_pair(STUDENT, REFERENCE);
    return pair_start(
        STUDENT, "server", program_path(REFERENCE, "client"), NULL);
}

/* The child dies with nothing printed. */
static void
end_with_child(void)
{
    struct half_view *server =
        pair_start(STUDENT, "server", program_path(REFERENCE, "client"), NULL);

    settle(server);
    half_send(server, nonce_line(0));
    expect_output(server, "");
    expect_status(server, STATUS_SIGNAL + SIGKILL);
    expect_waited(server);
}

/* No read() gets all of it: nobody prints until everything has been sent, and
 * the child's pipe is as full as it will be. */
static void
play_pieces(void)
{
    const struct start start = {
        .flags = START_PATTERN | START_HOLD, .seed = nonce_number(1)};
    struct half_view *server =
        pair_start_as(&start, STUDENT, "server", "cat", NULL);

    expect_piped_posix(server);
    half_send_pattern(server, nonce_number(1), PIECES);
    half_close(server);
    settle(server);
    half_release(server);
    expect_pattern(server, PIECES);
    expect_exit(server, 0);
}

static void
play_client(void)
{
    talk_to_child(REFERENCE, STUDENT);
}

/* The child sees the end of its input, or that nobody reads its output. */
static void
end_without_server(void)
{
    struct half_view *server =
        pair_start(REFERENCE, "server", program_path(STUDENT, "client"), NULL);

    settle(server);
    half_send(server, nonce_line(0));
    half_close(server);
    settle(server);
    expect_left(server, NULL);
}

/* As a filter without a server; more than a read() gives, and a long line. */
static void
play_client_pieces(void)
{
    static char lines[PLENTY];
    static char numbered[PLENTY];
    struct half_view *client =
        pair_start_as(&with_plenty, STUDENT, "client", NULL);
    char line[PIECES / 2];

    fill_lines(lines, numbered, SOME);
    memset(line, 'l', sizeof line);
    line[sizeof line - 1] = '\n';
    half_send(client, lines);
    half_send_bytes(client, line, sizeof line);
    half_close(client);
    size_t size = strlen(numbered);
    size += (size_t)sprintf(numbered + size, "%d: ", SOME + 1);
    memcpy(numbered + size, line, sizeof line);
    expect_output_bytes(client, numbered, size + sizeof line);
    expect_exit(client, 0);
}

START_TEST(server_refused)
{
    orders_fail(set_up_server, NULL);
}
END_TEST

START_TEST(server_interrupted)
{
    orders_interrupt(play_status);
}
END_TEST

START_TEST(server_pieces)
{
    orders_shorten(play_pieces);
}
END_TEST

START_TEST(server_signal)
{
    orders_kill(play_server, 0, CALL_CHILD, end_with_child);
}
END_TEST

START_TEST(client_pieces)
{
    orders_shorten(play_client_pieces);
}
END_TEST

START_TEST(client_server_goes)
{
    orders_kill(play_client, 0, 0, end_without_server);
}
END_TEST

START_TEST(pair_orders)
{
    orders_hold(play_pair);
}
END_TEST

static const struct item items[] = {
    {7, "server", 8, "passes lines on and brings the answers", &server_talks},
    {4, "server", 4, "starts the child on two anonymous pipes", &server_pipes},
    {4, "server", 5, "gives the child no other descriptors",
        &server_leaks_nothing},
    {4, "server", 8, "ends the child's input when its own ends",
        &server_ends_input},
    {5, "server", 8, "passes 64 MB both ways", &server_big},
    {4, "server", 8, "reads and writes at the same time", &server_both_ways},
    {5, "server", 9, "passes the child's exit status on", &server_status},
    {3, "server", 9, "tells which signal has ended the child", &server_signal},
    {3, "server", 5, "says when a program cannot be started",
        &server_not_started},
    {4, "server", 8, "survives a child that stops reading", &server_early_end},
    {3, "server", 5, "gives SIGPIPE its default action back", &server_sigpipe},
    {4, "server", 9, "waits for its child", &server_waits},
    {2, "server", 5, "passes arguments on as they are", &server_arguments},
    {3, "server", 7, "goes on while a grandchild prints", &server_grandchild},
    {2, "server", 6, "fails when it cannot print", &server_cannot_print},
    {3, "server", 9, "uses no memory that is not its own", &server_memory},
    {2, "server", 8, "waits without using the processor", &server_rests},
    {2, "server", 8, "moves all bytes, however few at a time", &server_pieces},
    {1, "server", 9, "says so when the system refuses a call", &server_refused},
    {1, "server", 9, "goes on when a call is interrupted", &server_interrupted},
    {6, "client", 1, "numbers the lines", &client_numbers},
    {3, "client", 2, "answers each line before the next comes",
        &client_answers},
    {2, "client", 3, "ends with status 3 if there was no line",
        &client_no_lines},
    {3, "client", 1, "numbers empty lines and one without end", &client_odd},
    {3, "client", 1, "numbers lines of any bytes and any length",
        &client_any_bytes},
    {3, "client", 1, "numbers 10,000 lines", &client_many},
    {2, "client", 2, "fails when it cannot print", &client_cannot_print},
    {2, "client", 1, "uses no memory that is not its own", &client_memory},
    {1, "client", 1, "moves all bytes, however few at a time", &client_pieces},
    {1, "client", 2, "ends when the server is gone", &client_server_goes},
    {5, "pair", 9, "work together", &pair_talks},
    {3, "pair", 9, "give the same answer in every order", &pair_orders},
};

const struct lab lab_02_anonpipe = {
    .name = "02-anonpipe",
    .target = &target_posix,
    .programs = {"server", "client", NULL},
    .items = items,
    .nitems = sizeof items / sizeof items[0],
    .mistakes = mistakes_02,
};
