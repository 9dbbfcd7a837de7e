/*
 * 03-namedpipe.c - how lab 03 is marked
 *
 * The nonce is given to one half only, so it comes out of the other through
 * the FIFO; that both have the same FIFO open is seen in /proc/PID/fd while
 * they sit still. Where the order matters one half is stopped: a server that
 * is stopped has not answered yet, and its FIFO can be filled to the brim.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "expect.h"
#include "explain.h"
#include "fifos.h"
#include "labs.h"
#include "mistakes.h"
#include "orders.h"
#include "pattern.h"
#include "phrases.h"
#include "requests.h"
#include "text.h"

enum {
    BIG = 1900000,
    PIECES = 20000,
    REQUESTS = 200,
    WHOLE = sizeof(struct call_request),
    STRANGER = 2147480000 /* a process ID that no system gives */
};

static const int numbers[] = {SIGINT, SIGTERM, SIGINT, SIGTERM};

/* ---- the first pair: a stream ---- */

/* A client comes, and both sit still: they have the FIFO open. A reference
 * need not prove it. */
static struct half_view *
meet(struct half_view *server, enum side client_side)
{
    struct half_view *client = fifo_start_client(client_side, "client");

    if (server->side != REFERENCE)
        fifo_expect_open(server, name(), O_RDONLY);
    if (client->side != REFERENCE)
        fifo_expect_open(client, name(), O_WRONLY);
    return client;
}

static void
pass(struct half_view *client, struct half_view *server, int n)
{
    half_send(client, nonce_line(n));
    expect_line(server, nonce(n));
}

static void
expect_good_end(struct half_view *server, struct half_view *client)
{
    if (server->side == REFERENCE)
        fifo_stop(server);
    half_close(client);
    if (client->side != REFERENCE)
        expect_exit(client, 0);
    expect_that(client, server->side != REFERENCE || fifo_is_there(name()), "",
        "the client removes nothing: the FIFO is the server's", "it is gone");
    half_signal(server, SIGCONT);
    expect_output(server, "");
    if (server->side != REFERENCE)
        expect_exit(server, 0);
}

static void
talk(enum side server_side, enum side client_side)
{
    struct half_view *server = fifo_start_server(server_side, "server");
    struct half_view *client = meet(server, client_side);

    for (int i = 0; i < 3; i++)
        pass(client, server, i);
    expect_good_end(server, client);
}

static void
pass_much(enum side server_side, enum side client_side)
{
    char *bytes = malloc(BIG);
    struct half_view *server = fifo_start_server(server_side, "server");
    struct half_view *client = meet(server, client_side);

    if (bytes == NULL)
        pair_trouble("out of memory");
    pattern_fill(nonce_number(0), 0, bytes, BIG);
    if (server->side == REFERENCE)
        fifo_stop(server); /* until the FIFO is full */
    half_send_pattern(client, nonce_number(0), BIG);
    half_close(client);
    if (server->side == REFERENCE)
        settle(client);
    half_signal(server, SIGCONT);
    expect_output_bytes(server, bytes, BIG);
    expect_exit(client, 0);
    if (server->side != REFERENCE)
        expect_exit(server, 0);
    free(bytes);
}

/* ---- the server, with the reference client ---- */

START_TEST(server_talks)
{
    talk(STUDENT, REFERENCE);
}
END_TEST

START_TEST(server_is_ready)
{
    /* Its "ready" finds a full pipe: it sits in write() with all done. */
    const struct start held = {.flags = START_HOLD | START_UMASK};
    struct half_view *server = fifo_start(&held, STUDENT, "server");
    static const char *const what =
        "the FIFO NAME exists before \"ready\" is printed";

    note("umask 0777");
    expect_waiting(server, "for somebody to read its \"ready\"");
    if (strcmp(fifo_kind(name()), "nothing") == 0) {
        half_release(server); /* does it come after "ready", or never? */
        settle(server);
        expect_that(server, 0, fifo_is_there(name()) ? "RDY1" : "", what,
            "nothing stands at that name");
    }
    fifo_expect(server, what);
    expect_private(server, name());
    half_release(server);
    expect_line(server, "ready");
}
END_TEST

START_TEST(server_much)
{
    pass_much(STUDENT, REFERENCE);
}
END_TEST

START_TEST(server_last_writer)
{
    char bytes[256];
    struct half_view *server = fifo_start_server(CHECKED, "server");
    struct half_view *first = meet(server, REFERENCE);
    struct half_view *second = fifo_start_client(REFERENCE, "client");

    for (int i = 0; i < 256; i++)
        bytes[i] = (char)(255 - i); /* no '\n' at the end */
    pass(first, server, 0);
    half_close(first);
    pair_wait(first, UNTIL_ENDED, 0);
    expect_waiting(server, "until the other client has closed the FIFO, too");
    half_send_bytes(second, bytes, sizeof bytes);
    half_close(second);
    expect_output_bytes(server, bytes, sizeof bytes);
    expect_exit(server, 0);
}
END_TEST

START_TEST(server_cleans_up)
{
    struct half_view *server = fifo_start_server(STUDENT, "server");
    struct half_view *client = meet(server, REFERENCE);

    note("no input");
    expect_good_end(server, client);
    fifo_expect_gone(server, name());
    expect_left(server, NULL);
}
END_TEST

START_TEST(server_signals)
{
    for (int i = 0; i < 4; i++) {
        struct half_view *server = fifo_start_server(STUDENT, "server");
        struct half_view *client = i < 2 ? NULL : meet(server, REFERENCE);
        fifo_expect(server, "a FIFO at NAME, as long as the server runs");
        fifo_expect_clean_end(server, numbers[i], name());
        expect_left(server, NULL);
        if (client != NULL)
            half_kill(client);
    }
}
END_TEST

START_TEST(server_second_run)
{
    struct half_view *server = fifo_start_over_leftover("server");
    struct half_view *client = meet(server, REFERENCE);

    pass(client, server, 0);
    expect_good_end(server, client);
}
END_TEST

START_TEST(server_refuses)
{
    fifo_refuse_names("server");
}
END_TEST

START_TEST(server_cannot_print)
{
    fifo_print_to_nobody("server");
    struct half_view *server = fifo_start_server(STUDENT, "server");
    struct half_view *client = meet(server, REFERENCE);
    half_hang_up(server);
    half_send(client, nonce_line(0));
    note("from \"ready\" on");
    expect_pipe_error(server);
    fifo_expect_gone(server, name());
}
END_TEST

START_TEST(server_rests)
{
    struct half_view *server = fifo_start_server(STUDENT, "server");
    struct half_view *client = meet(server, REFERENCE);

    expect_settled(server);
    pass(client, server, 0);
    expect_settled(server);
}
END_TEST

/* ---- the client, with the reference server ---- */

START_TEST(client_talks)
{
    talk(REFERENCE, STUDENT);
}
END_TEST

START_TEST(client_much)
{
    pass_much(REFERENCE, CHECKED);
}
END_TEST

/* Where there is a server, the client works. */
static void
expect_client_works(void)
{
    struct half_view *server = fifo_start_server(REFERENCE, "server");

    pass(meet(server, STUDENT), server, 0);
}

START_TEST(client_refuses)
{
    fifo_run_with_bystander("client", 0);
    fifo_run_with_bystander("client", 1);
    fifo_expect_usage("client");
    expect_client_works();
}
END_TEST

START_TEST(client_no_server)
{
    fifo_run_without_server("client", NULL);
    expect_client_works();
}
END_TEST

static void
play_client(void)
{
    talk(REFERENCE, STUDENT);
}

/* The server is killed somewhere; the client has one line to deliver. */
static void
end_without_server(void)
{
    struct half_view *server =
        fifo_start(&fifo_with_plenty, REFERENCE, "server");

    settle(server);
    struct half_view *client = fifo_start_client(STUDENT, "client");
    half_send(client, nonce_line(0));
    settle(client);
    half_close(client);
    expect_settled(client);
    if (half_state(server)->lines == 2) { /* "ready" and the line */
        expect_exit(client, 0);
        return;
    }
    int is_open = fifo_is_open(client, name(), O_WRONLY);
    expect_that(client, !is_open, "",
        "the client says so when the server has gone, and ends",
        "it has the FIFO open and waits");
    if (!half_state(client)->has_ended)
        return; /* nobody can tell it in open() */
    expect_exit(client, 1);
    expect_said(client, NULL);
}

START_TEST(client_server_goes)
{
    struct half_view *server = fifo_start_server(REFERENCE, "server");
    struct half_view *client = meet(server, STUDENT);

    pass(client, server, 0);
    fifo_stop(server);
    half_send_pattern(client, nonce_number(1), BIG);
    expect_waiting(client, "while the FIFO is full");
    note("server killed, the FIFO is full");
    half_kill(server);
    expect_exit(client, 1);
    expect_said(client, NULL);
    pair_again(1);
    orders_kill(play_client, 0, 0, end_without_server);
}
END_TEST

START_TEST(client_waits)
{
    /* The FIFO is made, but the server has not opened it yet. */
    const struct start held = {.flags = START_HOLD};
    struct half_view *server = fifo_start(&held, REFERENCE, "server");

    settle(server);
    struct half_view *client = fifo_start_client(STUDENT, "client");
    half_send(client, nonce_line(0));
    half_close(client);
    note("the server opens its FIFO after the client");
    expect_waiting(client, "until the server has opened the FIFO, too");
    expect_settled(client);
    half_release(server);
    expect_line(server, "ready");
    expect_output(server, nonce_line(0));
    expect_exit(client, 0);
}
END_TEST

START_TEST(pair_talks)
{
    talk(STUDENT, STUDENT);
}
END_TEST

/* ---- in every order, with every trouble ---- */

/* A half must have been seen to work before its failures mean anything. */
static struct half_view *
set_up_server(const char *program)
{
    static int is_proved;

    if (is_proved++)
        return fifo_start(&fifo_with_plenty, STUDENT, program);
    struct half_view *server = fifo_start_server(STUDENT, program);
    fifo_expect(server, "a FIFO at NAME");
    return server;
}

static struct half_view *
set_up_client(const char *server_program, const char *program)
{
    static int is_proved;

    fifo_start_server(REFERENCE, server_program); /* it is in open() now */
    if (is_proved++)
        return fifo_start(&fifo_with_plenty, STUDENT, program);
    struct half_view *client = fifo_start_client(STUDENT, program);
    fifo_expect_open(client, name(), O_WRONLY);
    return client;
}

static struct half_view *
set_up_first_server(void)
{
    return set_up_server("server");
}

static struct half_view *
set_up_first_client(void)
{
    return set_up_client("server", "client");
}

static void
play_server(void)
{
    talk(STUDENT, REFERENCE);
}

/* More than a read() or a write() may move; it is all there at once. */
static void
pass_pieces(enum side server_side, enum side client_side)
{
    char bytes[PIECES];
    struct half_view *server = fifo_start_server(server_side, "server");
    struct half_view *client = meet(server, client_side);

    pattern_fill(nonce_number(0), 0, bytes, PIECES);
    half_send_bytes(client, bytes, PIECES);
    half_close(client);
    expect_output_bytes(server, bytes, PIECES);
    expect_exit(client, 0);
}

static void
play_server_pieces(void)
{
    pass_pieces(STUDENT, REFERENCE);
}

static void
play_client_pieces(void)
{
    pass_pieces(REFERENCE, STUDENT);
}

/* Whatever a killed server has left, the next one works. */
static void
begin_over_killed_server(void)
{
    struct half_view *server = fifo_start(&fifo_with_plenty, STUDENT, "server");

    settle(server);
    struct half_view *client = fifo_start_client(REFERENCE, "client");
    half_close(client);
    settle(server);
    orders_begin_over();
    play_server();
}

/* Has the half, which was killed before its last call, made that one? */
static int
has_called(const struct half_view *half, const char *begin)
{
    const struct call_entry *calls;
    size_t n = half_calls(half, &calls);

    for (size_t i = 0; i + 1 < n; i++)
        if (strncmp(calls[i].what, begin, strlen(begin)) == 0)
            return 1;
    return 0;
}

/* A client that has opened the FIFO was the last one, although it has written
 * nothing. */
static void
outlive_client(void)
{
    struct half_view *server = fifo_start_server(STUDENT, "server");
    struct half_view *client = fifo_start_client(REFERENCE, "client");

    half_send(client, nonce_line(0));
    half_close(client);
    settle(server);
    if (!has_called(client, "open(")) {
        fifo_expect_alive(server, "", "the server waits for another client");
        client = fifo_start_client(REFERENCE, "client");
        pass(client, server, 1);
        half_close(client);
    }
    expect_output(server, "");
    expect_exit(server, 0);
    expect_left(server, NULL);
}

/* Two lines; nobody waits for more than the server's "ready". */
static void
play_pair(void)
{
    char text[100] = "";
    struct half_view *server = fifo_start(&fifo_with_plenty, STUDENT, "server");

    expect_line(server, "ready");
    orders_pause(server);
    fifo_expect(server, "a FIFO at NAME, as long as the server runs");
    struct half_view *client = fifo_start(&fifo_with_plenty, STUDENT, "client");
    for (int i = 0; i < 2; i++) {
        text_add(text, sizeof text, "%s", nonce_line(i));
        half_send(client, nonce_line(i));
        orders_pause(server);
    }
    half_close(client);
    expect_output(server, text);
    expect_exit(client, 0);
    expect_exit(server, 0);
    expect_left(server, NULL);
}

START_TEST(server_refused)
{
    orders_fail(set_up_first_server, NULL);
}
END_TEST

START_TEST(server_interrupted)
{
    orders_interrupt(play_server);
}
END_TEST

START_TEST(server_pieces)
{
    orders_shorten(play_server_pieces);
}
END_TEST

START_TEST(server_killed)
{
    orders_kill(play_server, 0, CALL_NAMES, begin_over_killed_server);
}
END_TEST

START_TEST(server_client_goes)
{
    orders_kill(play_server, 1, 0, outlive_client);
}
END_TEST

START_TEST(client_refused)
{
    orders_fail(set_up_first_client, name());
}
END_TEST

START_TEST(client_interrupted)
{
    orders_interrupt(play_client);
}
END_TEST

START_TEST(client_pieces)
{
    orders_shorten(play_client_pieces);
}
END_TEST

START_TEST(pair_orders)
{
    orders_hold(play_pair);
}
END_TEST

/* ---- the second pair: requests and replies ---- */

/* A client of the reference comes, is served with this serial, and goes. */
static void
serve_one(int serial, int n)
{
    struct half_view *client = fifo_start_client(REFERENCE, "call_client");

    ask(client, serial, n);
    half_close(client);
    expect_exit(client, 0);
}

/* A client that sends must have its own FIFO open. If it has not: will it
 * once the server goes on? */
static void
expect_prepared(struct half_view *server, struct half_view *client)
{
    const char *file = fifo_of_client(client);

    if (!fifo_is_open(client, file, O_RDONLY) && fifo_is_there(file)) {
        half_signal(server, SIGCONT);
        settle(server);
        int is_late = fifo_is_open(client, file, O_RDONLY);
        if (!is_late)
            fifo_tell_opening(client);
        expect_that(client, 0, is_late ? "NP17" : "",
            "call_client has its own FIFO open for reading before it sends a "
            "request",
            "\"%s\" is there, but not open", file);
    }
    fifo_expect_open(client, file, O_RDONLY);
}

/* The client waits for the reply to a line, and the server is stopped: what
 * each must have open now, it has. */
static void
send_unanswered(struct half_view *server, struct half_view *client, int n)
{
    fifo_stop(server);
    half_send(client, nonce_line(n));
    if (client->side != REFERENCE)
        fifo_expect_rest(client, fifo_of_client(client));
    settle(client);
    if (server->side != REFERENCE)
        fifo_expect_open(server, name(), O_RDONLY);
    if (client->side == REFERENCE)
        return;
    fifo_expect_open(client, name(), O_WRONLY);
    expect_prepared(server, client);
    expect_that(client, half_state(client)->lines == client->taken_lines, "",
        "call_client prints nothing before the server has replied",
        "it has printed a line");
}

/* The request is there when the server goes on. */
static void
exchange(struct half_view *server, struct half_view *client, int serial, int n)
{
    send_unanswered(server, client, n);
    half_signal(server, SIGCONT);
    expect_answer(client, serial, n);
}

static void
call(enum side server_side, enum side client_side)
{
    struct half_view *server = fifo_start_server(server_side, "call_server");
    struct half_view *first = fifo_start_client(client_side, "call_client");
    struct half_view *client = fifo_start_client(client_side, "call_client");

    exchange(server, first, 1, 3);
    for (int i = 0; i < 3; i++)
        exchange(server, client, 2 + i, i);
    half_close(client);
    expect_output(client, "");
    expect_exit(client, 0);
    half_close(first);
    expect_exit(first, 0);
    if (client->side == REFERENCE) {
        settle(server);
        expect_no_complaint(server, "all has gone well");
        return;
    }
    fifo_expect_gone(client, fifo_of_client(client));
    expect_left(client, name(), NULL);
}

static void
call_odd(enum side server_side, enum side client_side)
{
    static char replies[ODD_REPLIES];
    struct half_view *server = fifo_start_server(server_side, "call_server");
    struct half_view *client = fifo_start_client(client_side, "call_client");

    note("two empty lines, 504 bytes of any kind, 504 letters, no last '\\n'");
    size_t size = fill_odd_replies(replies);
    for (int i = 0; i < ODD_LINES; i++) {
        fifo_stop(server);
        send_odd_line(client, i);
        settle(client);
        half_signal(server, SIGCONT);
        pair_wait(client, UNTIL_LINES, (uint64_t)i + 1);
    }
    expect_output_bytes(client, replies, size);
    expect_exit(client, 0);
}

/* ---- the call_server, with the reference call_client ---- */

START_TEST(call_server_answers)
{
    call(STUDENT, REFERENCE);
}
END_TEST

START_TEST(call_server_is_ready)
{
    const struct start held = {.flags = START_HOLD | START_UMASK};
    struct half_view *server = fifo_start(&held, STUDENT, "call_server");
    static const char *const what =
        "call_server has its FIFO open for reading before it says \"ready\"";

    note("umask 0777");
    fifo_expect_start(server);
    expect_waiting(server, "for somebody to read its \"ready\"");
    if (!fifo_is_open(server, name(), O_RDONLY)) {
        half_release(server);
        settle(server);
        int is_late = fifo_is_open(server, name(), O_RDONLY);
        if (!is_late)
            fifo_tell_opening(server);
        expect_that(server, 0, is_late ? "RDY1" : "", what,
            "%s stands at that name, and it is not open", fifo_kind(name()));
    }
    expect_private(server, name());
    int is_at_end = !fifo_is_open(server, name(), O_WRONLY);
    half_release(server);
    expect_line(server, "ready");
    fifo_expect_rest(server, name());
    fifo_expect_alive(
        server, is_at_end ? "NP3" : "", "call_server waits for requests");
    serve_one(1, 0);
}
END_TEST

START_TEST(call_server_many)
{
    static struct crowd crowd = {
        .each = REQUESTS, .total = CLIENTS * REQUESTS, .crossed = "NP8"};
    struct half_view *clients[CLIENTS];
    char *lines[CLIENTS];
    struct half_view *server = fifo_start_server(STUDENT, "call_server");

    /* Before it goes on, a request of each client stands in the FIFO. */
    fifo_stop(server);
    for (int i = 0; i < CLIENTS; i++) {
        const char word[] = {(char)('a' + i), '\0'};
        lines[i] = many_lines(word, REQUESTS);
        clients[i] = fifo_start(&fifo_with_plenty, REFERENCE, "call_client");
        half_send(clients[i], lines[i]);
        half_close(clients[i]);
        settle(clients[i]);
    }
    half_signal(server, SIGCONT);
    for (int i = 0; i < CLIENTS; i++) {
        expect_answers(clients[i], lines[i], &crowd);
        free(lines[i]);
    }
}
END_TEST

START_TEST(call_server_rests)
{
    struct half_view *server = fifo_start_server(STUDENT, "call_server");
    struct half_view *client = fifo_start_client(REFERENCE, "call_client");

    ask(client, 1, 0);
    expect_settled(server);
    int is_to_end = !fifo_is_open(server, name(), O_WRONLY);
    half_close(client);
    pair_wait(client, UNTIL_ENDED, 0);
    note("the client goes");
    fifo_expect_rest(server, name());
    fifo_expect_alive(server, is_to_end ? "NP3" : "",
        "call_server waits for the next client");
    serve_one(2, 1);
}
END_TEST

START_TEST(call_server_odd)
{
    call_odd(CHECKED, REFERENCE);
}
END_TEST

/* What a stranger asks for; it is never answered. */
static void
send_stranger(
    struct half_view *server, int32_t pid, uint32_t length, size_t size)
{
    struct call_request request = {.pid = pid, .length = length, .text = "x"};
    int result = pair_write(name(), &request, size);

    settle(server);
    fifo_expect_alive(server, "", "call_server goes on");
    expect_that(server, result == 0, "", "call_server takes requests",
        "nobody has its FIFO open for reading");
}

/* The client goes between open() and write(): write() says so. */
static void
lose_reader(void)
{
    struct rule rule = {.verb = RULE_FAIL, .error = EPIPE, .nth = 1};

    snprintf(rule.call, sizeof rule.call, "write(\"%s.", name());
    pair_again(1);
    pair_direct(START_LOGGED, 0, &rule);
    struct half_view *server = fifo_start_server(STUDENT, "call_server");
    struct half_view *client = fifo_start_client(REFERENCE, "call_client");
    half_send(client, nonce_line(0));
    note("the write() of the reply fails: Broken pipe");
    settle(server);
    fifo_expect_alive(server, "", "call_server goes on");
    int is_there = census_find("work", fifo_of_client(client)) != NULL;
    expect_that(server, !half_was_ruled(server) || !is_there, "NP11",
        "the name of a client that has gone is removed",
        "\"%s\" is still there", fifo_of_client(client));
}

static void
play_call_server(void)
{
    call(STUDENT, REFERENCE);
}

/* The client is killed before it is answered, unless that is what it dies
 * after. Whether it has asked shows in the next serial. */
static void
outlive_call_client(void)
{
    char write[100];
    struct half_view *server = fifo_start_server(STUDENT, "call_server");

    fifo_stop(server);
    struct half_view *client = fifo_start_client(REFERENCE, "call_client");
    half_send(client, nonce_line(0));
    half_close(client);
    settle(client);
    int is_unanswered = half_state(client)->has_ended;
    half_signal(server, SIGCONT);
    settle(server);
    fifo_expect_alive(server, "NP11", "call_server goes on");
    fifo_tell_opening(server);
    snprintf(write, sizeof write, "write(\"%s\")", name());
    int has_asked = has_called(client, write);
    expect_that(server,
        !is_unanswered || !has_asked ||
            census_find("work", fifo_of_client(client)) == NULL,
        "NP11", "the name of a client that has gone is removed",
        "\"%s\" is still there", fifo_of_client(client));
    serve_one(has_asked ? 2 : 1, 1);
}

START_TEST(call_server_client_goes)
{
    struct half_view *server = fifo_start_server(STUDENT, "call_server");

    fifo_make_bystander(fifo_of(STRANGER + 1L), 0);
    note("NAME.PID is a regular file; PID is 1 and NAME.1 does not exist");
    send_stranger(server, STRANGER + 1, 1, WHOLE);
    send_stranger(server, 1, 1, WHOLE);
    fifo_expect_bystander(server, fifo_of(STRANGER + 1L), 0, "NP16");
    serve_one(3, 2);
    expect_left(server, name(), fifo_of(STRANGER + 1L), NULL);
    lose_reader();
    pair_again(1);
    pair_direct(0, 0, NULL);
    orders_kill(play_call_server, 1, 0, outlive_call_client);
}
END_TEST

/* Does it wait for the rest of a request, to make one of two? */
static const char *
find_glue(struct half_view *server, size_t size)
{
    static const char rest[WHOLE];
    size_t before = fifo_complaints(server);

    if (size == WHOLE || pair_write(name(), rest, WHOLE - size))
        return "";
    struct half_view *client = fifo_start_client(REFERENCE, "call_client");
    half_send(client, nonce_line(0));
    settle(client);
    const char *got = half_output(client, 1, &size);
    int is_glued = strncmp(got, "2: ", 3) == 0;
    return is_glued && fifo_complaints(server) == before ? "NP13" : "";
}

START_TEST(call_server_nonsense)
{
    static const struct {
        int32_t pid;
        uint32_t length;
        size_t size;
        const char *what;
    } strange[] = {
        {STRANGER, TEXT_LIMIT + 1, WHOLE, "a request of length 505"},
        {STRANGER, UINT32_MAX, WHOLE, "a request of length 4294967295"},
        {0, 1, WHOLE, "a request of process 0"},
        {-1, 1, WHOLE, "a request of process -1"},
        {STRANGER, 1, WHOLE - 1, "a request of 511 bytes only"},
    };
    struct half_view *server = fifo_start_server(STUDENT, "call_server");

    for (size_t i = 0; i < sizeof strange / sizeof strange[0]; i++) {
        note(strange[i].what);
        size_t before = fifo_complaints(server);
        send_stranger(
            server, strange[i].pid, strange[i].length, strange[i].size);
        int is_said = fifo_complaints(server) > before;
        expect_that(server, is_said,
            is_said ? "" : find_glue(server, strange[i].size),
            "a request that makes no sense costs a line on standard error",
            "nothing was said");
    }
    serve_one(1, 0);
}
END_TEST

START_TEST(call_server_signals)
{
    for (int i = 0; i < 4; i++) {
        struct half_view *client = NULL;
        struct half_view *server = fifo_start_server(STUDENT, "call_server");
        fifo_expect_open(server, name(), O_RDONLY);
        if (i == 1)
            serve_one(1, 0);
        if (i >= 2) {
            client = fifo_start_client(REFERENCE, "call_client");
            ask(client, 1, 0);
        }
        if (i == 3)
            send_unanswered(server, client, 1);
        settle(server);
        fifo_expect_clean_end(server, numbers[i], name());
        if (client != NULL)
            half_kill(client);
    }
}
END_TEST

START_TEST(call_server_counts)
{
    static const char *const bad[] = {"12x", "-1", "", "2147483648"};
    struct half_view *server =
        pair_start(STUDENT, "call_server", name(), "3", NULL);

    expect_line(server, "ready");
    fifo_expect_rest(server, name());
    send_stranger(server, 0, 1, WHOLE); /* not counted */
    serve_one(1, 0);
    serve_one(2, 1);
    expect_waiting(server, "for the third request");
    serve_one(3, 2);
    expect_exit(server, 0);
    fifo_expect_gone(server, name());
    server = pair_start(STUDENT, "call_server", name(), "0", NULL);
    expect_line(server, "ready");
    fifo_expect_rest(server, name());
    serve_one(1, 3);
    expect_waiting(server, "for more: 0 means no limit");
    half_kill(server);
    pair_remove(name());
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        expect_exit(
            pair_start(STUDENT, "call_server", name(), bad[i], NULL), 2);
}
END_TEST

START_TEST(call_server_second_run)
{
    fifo_refuse_names("call_server");
    fifo_print_to_nobody("call_server");
    fifo_start_over_leftover("call_server");
    serve_one(1, 0);
}
END_TEST

/* ---- the call_client, with the reference call_server ---- */

START_TEST(call_client_talks)
{
    call(REFERENCE, STUDENT);
}
END_TEST

START_TEST(call_client_own_fifo)
{
    const struct start closed = {.flags = START_UMASK};
    struct half_view *server = fifo_start_server(REFERENCE, "call_server");
    pid_t pid = half_state(server)->pid;

    fifo_make_leftovers(pid, 1);
    struct half_view *client = fifo_start(&closed, STUDENT, "call_client");
    note("umask 0777; a FIFO is left at NAME.PID");
    fifo_expect_start(client);
    send_unanswered(server, client, 0);
    fifo_expect_replaced(client, fifo_of_client(client));
    half_signal(server, SIGCONT);
    expect_answer(client, 1, 0);
    pid = half_state(client)->pid;
    fifo_make_leftovers(pid, 0);
    client = fifo_start(&fifo_with_plenty, STUDENT, "call_client");
    note("NAME.PID is a regular file");
    if (!fifo_is_among(client, pid))
        return;
    half_send(client, nonce_line(1));
    settle(client);
    fifo_expect_bystander(client, fifo_of_client(client), 0, "NP5");
    fifo_expect_refusal(client);
}
END_TEST

START_TEST(call_client_whole)
{
    struct half_view *server = fifo_start_server(REFERENCE, "call_server");
    struct half_view *client = fifo_start_client(STUDENT, "call_client");

    fifo_stop(server);
    size_t nonsense = fifo_fill();
    note("the FIFO is nearly full");
    half_send(client, nonce_line(0));
    expect_settled(client);
    fifo_expect_alive(
        client, "", "call_client waits until there is room for its request");
    expect_prepared(server, client);
    fifo_stop(client);
    half_signal(server, SIGCONT);
    settle(server);
    size_t lines = fifo_complaints(server);
    fifo_stop(server); /* the client looks before there is a reply */
    half_signal(client, SIGCONT);
    settle(client);
    half_signal(server, SIGCONT);
    if (lines != nonsense)
        settle(server); /* does the rest come now? */
    expect_that(client, lines == nonsense,
        fifo_complaints(server) > lines ? "NP12" : "",
        "a request is written whole, in one write()",
        "some bytes of it stood alone in the FIFO");
    expect_answer(client, 1, 0);
}
END_TEST

START_TEST(call_client_odd)
{
    call_odd(REFERENCE, CHECKED);
}
END_TEST

START_TEST(call_client_too_long)
{
    char line[FULL_LINE];
    struct half_view *server = fifo_start_server(REFERENCE, "call_server");
    struct half_view *client = fifo_start_client(STUDENT, "call_client");

    exchange(server, client, 1, 0);
    memset(line, 'x', sizeof line);
    half_send_bytes(client, line, sizeof line);
    note("line 2 has 505 bytes and no '\\n'");
    expect_output(client, "");
    expect_exit(client, 1);
    expect_said(client, "2", "504", NULL);
    fifo_expect_gone(client, fifo_of_client(client));
}
END_TEST

START_TEST(call_client_no_server)
{
    fifo_run_without_server("call_client", NULL);
    pair_make(name(), S_IFIFO | 0600, NULL, 0);
    fifo_run_without_server("call_client", name());
    pair_remove(name());
    fifo_run_with_bystander("call_client", 0);
    fifo_expect_usage("call_client");
    struct half_view *server = fifo_start_server(REFERENCE, "call_server");
    exchange(server, fifo_start_client(STUDENT, "call_client"), 1, 0);
}
END_TEST

/* The server is gone: call_client says so. */
static void
expect_notice(struct half_view *client)
{
    settle(client);
    expect_that(client, half_state(client)->has_ended, "NP14",
        "call_client says so when the server has gone, and ends",
        "it waits for a reply that will never come");
    expect_exit(client, 1);
    expect_said(client, NULL);
    fifo_expect_gone(client, fifo_of_client(client));
}

static void
play_call_client(void)
{
    call(REFERENCE, STUDENT);
}

/* Wherever it dies, the server does not answer any more. */
static void
outlive_call_server(void)
{
    struct half_view *server =
        fifo_start(&fifo_with_plenty, REFERENCE, "call_server");

    settle(server);
    struct half_view *client = fifo_start_client(STUDENT, "call_client");
    fifo_stop(server); /* if it has not come to its end yet */
    half_send(client, nonce_line(0));
    settle(client);
    half_signal(server, SIGCONT);
    expect_notice(client);
}

START_TEST(call_client_server_goes)
{
    struct half_view *server = fifo_start_server(REFERENCE, "call_server");
    struct half_view *client = fifo_start_client(STUDENT, "call_client");

    exchange(server, client, 1, 0);
    fifo_expect_rest(client, fifo_of_client(client));
    note("server killed while call_client waits for input");
    half_kill(server);
    half_send(client, nonce_line(1));
    expect_notice(client);
    pair_again(1);
    orders_kill(play_call_client, 0, 0, outlive_call_server);
}
END_TEST

START_TEST(call_client_signals)
{
    struct half_view *server = fifo_start_server(REFERENCE, "call_server");
    int serial = 0;

    for (int i = 0; i < 4; i++) {
        struct half_view *client = fifo_start_client(STUDENT, "call_client");
        exchange(server, client, ++serial, i);
        note(i < 2 ? "it waits for input" : "it waits for a reply");
        if (i >= 2) {
            send_unanswered(server, client, 4 + i);
            serial++;
        }
        settle(client);
        fifo_expect_clean_end(client, numbers[i], fifo_of_client(client));
        expect_left(client, name(), NULL);
        half_signal(server, SIGCONT);
        settle(server);
    }
}
END_TEST

START_TEST(call_client_nonsense)
{
    struct call_reply strange = {.serial = 2, .length = TEXT_LIMIT + 1};
    struct half_view *server = fifo_start_server(REFERENCE, "call_server");
    struct half_view *client = fifo_start_client(STUDENT, "call_client");

    exchange(server, client, 1, 0);
    send_unanswered(server, client, 1);
    note("a reply of length 505 comes");
    pair_write(fifo_of_client(client), &strange, sizeof strange);
    expect_output(client, "");
    expect_exit(client, 1);
    expect_said(client, NULL);
    fifo_expect_gone(client, fifo_of_client(client));
    client = fifo_start_client(STUDENT, "call_client");
    send_unanswered(server, client, 2);
    note("8 bytes of a reply come");
    strange = (struct call_reply){.serial = 3, .length = 3};
    pair_write(fifo_of_client(client), &strange, 8);
    settle(client);
    expect_that(client, half_state(client)->lines == 0, "",
        "nothing is printed of a reply that is not whole", "a line");
    if (half_state(client)->has_ended) /* else it waits for the rest */
        expect_exit(client, 1);
}
END_TEST

/* Its request is whole before the server looks, and it waits for the reply. */
static struct half_view *
ask_without_output(struct half_view *server, const struct start *as, int n)
{
    struct half_view *client = fifo_start(as, STUDENT, "call_client");

    fifo_stop(server);
    half_send(client, nonce_line(n));
    settle(client);
    half_signal(server, SIGCONT);
    return client;
}

START_TEST(call_client_streams_fail)
{
    const struct start full = {.flags = START_FULL};
    const struct start closed = {.flags = START_CLOSED};
    const struct start folder = {.flags = START_FOLDER};
    struct half_view *server = fifo_start_server(REFERENCE, "call_server");
    struct half_view *client = fifo_start_client(STUDENT, "call_client");

    expect_work(client, 2);
    client = ask_without_output(server, &full, 0);
    note("standard output is a full disk");
    expect_exit(client, 1);
    expect_said(client, "No space left", NULL);
    fifo_expect_gone(client, fifo_of_client(client));
    client = ask_without_output(server, &closed, 1);
    expect_pipe_error(client);
    expect_read_error(fifo_start(&folder, STUDENT, "call_client"));
    expect_left(server, name(), NULL);
}
END_TEST

/* ---- the second pair in every order, with every trouble ---- */

static struct half_view *
set_up_call_server(void)
{
    return set_up_server("call_server");
}

static struct half_view *
set_up_call_client(void)
{
    return set_up_client("call_server", "call_client");
}

/* One request, and the end. */
static void
call_once(void)
{
    struct half_view *server = fifo_start_server(STUDENT, "call_server");

    serve_one(1, 0);
    half_signal(server, SIGTERM);
    expect_exit(server, 0);
}

static void
begin_over_killed_call_server(void)
{
    struct half_view *server =
        fifo_start(&fifo_with_plenty, STUDENT, "call_server");

    settle(server);
    half_signal(server, SIGTERM);
    settle(server);
    orders_begin_over();
    call_once();
}

/* Two clients at the same time, a request of each; then the server's end. In
 * the first play the server finds both requests in the FIFO. */
static void
play_call_pair(void)
{
    static struct crowd crowd;
    struct half_view *clients[2];
    char *lines[2];
    struct half_view *server =
        fifo_start(&fifo_with_plenty, STUDENT, "call_server");

    crowd = (struct crowd){.each = 1, .total = 2, .crossed = "NP8"};
    expect_line(server, "ready");
    orders_pause(server);
    fifo_expect(server, "a FIFO at NAME, as long as the server runs");
    if (!orders_is_holding())
        fifo_stop(server);
    for (int i = 0; i < 2; i++) {
        lines[i] = many_lines(i == 0 ? "a" : "b", crowd.each);
        clients[i] = fifo_start(&fifo_with_plenty, STUDENT, "call_client");
        half_send(clients[i], lines[i]);
        half_close(clients[i]);
        orders_pause(clients[i]);
    }
    half_signal(server, SIGCONT);
    for (int i = 0; i < 2; i++) {
        expect_answers(clients[i], lines[i], &crowd);
        free(lines[i]);
    }
    half_signal(server, SIGTERM);
    expect_exit(server, 0);
    expect_left(server, NULL);
}

START_TEST(call_server_refused)
{
    orders_fail(set_up_call_server, NULL);
}
END_TEST

START_TEST(call_server_interrupted)
{
    orders_interrupt(play_call_server);
}
END_TEST

START_TEST(call_server_killed)
{
    orders_kill(call_once, 0, CALL_NAMES, begin_over_killed_call_server);
}
END_TEST

START_TEST(call_client_refused)
{
    orders_fail(set_up_call_client, name());
}
END_TEST

START_TEST(call_client_interrupted)
{
    orders_interrupt(play_call_client);
}
END_TEST

START_TEST(call_pair_orders)
{
    orders_hold(play_call_pair);
}
END_TEST

static const struct item items[] = {
    {5, "server", 3, "prints what a client writes", &server_talks},
    {3, "server", 1, "has made its FIFO when it says ready", &server_is_ready},
    {2, "server", 3, "prints 1.9 MB unchanged", &server_much},
    {3, "server", 3, "prints any bytes until the last client closes",
        &server_last_writer},
    {3, "server", 2, "removes its FIFO at the end", &server_cleans_up},
    {4, "server", 2, "removes its FIFO on SIGINT and SIGTERM", &server_signals},
    {3, "server", 1, "replaces the FIFO of a crashed run", &server_second_run},
    {3, "server", 1, "refuses a name that is something else", &server_refuses},
    {2, "server", 1, "fails when it cannot print", &server_cannot_print},
    {3, "server", 3, "waits without using the processor", &server_rests},
    {1, "server", 3, "moves all bytes, however few at a time", &server_pieces},
    {1, "server", 3, "says so when the system refuses a call", &server_refused},
    {1, "server", 3, "goes on when a call is interrupted", &server_interrupted},
    {1, "server", 3, "works again after a crash anywhere", &server_killed},
    {1, "server", 3, "ends, or waits, when a client dies anywhere",
        &server_client_goes},
    {5, "client", 5, "copies its input into the FIFO", &client_talks},
    {2, "client", 5, "copies 1.9 MB unchanged", &client_much},
    {2, "client", 4, "refuses what is not a FIFO", &client_refuses},
    {3, "client", 4, "says so when there is no server", &client_no_server},
    {2, "client", 4, "waits until the server opens the FIFO", &client_waits},
    {3, "client", 5, "says so when the server goes", &client_server_goes},
    {1, "client", 5, "moves all bytes, however few at a time", &client_pieces},
    {1, "client", 5, "says so when the system refuses a call", &client_refused},
    {1, "client", 5, "goes on when a call is interrupted", &client_interrupted},
    {1, "pair", 5, "server and client talk to each other", &pair_talks},
    {3, "pair", 5, "give the same answer in every order", &pair_orders},
    {3, "call_server", 8, "answers requests", &call_server_answers},
    {2, "call_server", 6, "has its FIFO open when it says ready",
        &call_server_is_ready},
    {2, "call_server", 7, "answers 8 clients at once", &call_server_many},
    {2, "call_server", 6, "waits for the next client when one has gone",
        &call_server_rests},
    {1, "call_server", 8, "answers any bytes, empty and full lines",
        &call_server_odd},
    {3, "call_server", 8, "goes on when a client has gone before its reply",
        &call_server_client_goes},
    {2, "call_server", 7, "skips requests that make no sense",
        &call_server_nonsense},
    {1, "call_server", 6, "removes its FIFO on SIGINT and SIGTERM",
        &call_server_signals},
    {1, "call_server", 7, "ends after COUNT requests", &call_server_counts},
    {1, "call_server", 6, "replaces a leftover, and nothing else",
        &call_server_second_run},
    {1, "call_server", 6, "says so when the system refuses a call",
        &call_server_refused},
    {1, "call_server", 8, "goes on when a call is interrupted",
        &call_server_interrupted},
    {1, "call_server", 8, "works again after a crash anywhere",
        &call_server_killed},
    {2, "call_client", 11, "prints the replies to its lines",
        &call_client_talks},
    {1, "call_client", 9, "makes a FIFO of its own", &call_client_own_fifo},
    {2, "call_client", 10, "writes a request whole", &call_client_whole},
    {1, "call_client", 10, "sends any bytes, empty and full lines",
        &call_client_odd},
    {1, "call_client", 10, "refuses a line that is too long",
        &call_client_too_long},
    {2, "call_client", 9, "says so when there is no server",
        &call_client_no_server},
    {2, "call_client", 10, "notices that the server goes",
        &call_client_server_goes},
    {1, "call_client", 9, "removes its FIFO on SIGINT and SIGTERM",
        &call_client_signals},
    {1, "call_client", 10, "refuses a reply that makes no sense",
        &call_client_nonsense},
    {1, "call_client", 9, "says so when the system refuses a call",
        &call_client_refused},
    {1, "call_client", 11, "goes on when a call is interrupted",
        &call_client_interrupted},
    {1, "call_client", 11, "fails when it cannot read or print",
        &call_client_streams_fail},
    {3, "pair", 11, "calls give the same answer in every order",
        &call_pair_orders},
};

const struct lab lab_03_namedpipe = {
    .name = "03-namedpipe",
    .target = &target_posix,
    .programs = {"server", "client", "call_server", "call_client", NULL},
    .items = items,
    .nitems = sizeof items / sizeof items[0],
    .mistakes = mistakes_03,
};
