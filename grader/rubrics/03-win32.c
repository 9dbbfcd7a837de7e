/*
 * 03-win32.c - how lab 03 is marked on Win32
 *
 * The reference, and the stranger (windows.h), speak through the pipe only, so
 * whatever comes from them, or gets there, went through it. The stranger takes
 * either side: a client that comes too early, says nothing or goes too early,
 * and a server that has no instance to spare. A server that is held at its
 * "ready" has made its pipe and does not wait for a client yet.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "expect.h"
#include "explain.h"
#include "labs.h"
#include "mistakes.h"
#include "pattern.h"
#include "phrases.h"
#include "requests.h"
#include "text.h"
#include "windows.h"

enum {
    BIG = 1900000,
    REQUESTS = 25,
    WHOLE = sizeof(struct call_request),
    SILENT = 3, /* clients that say nothing */
    SERIAL = 41 /* of a stranger's reply */
};

static const struct start with_plenty = {.keep = 1 << 21};
static const struct start held = {.flags = START_HOLD};

/* ---- why a half has ended ---- */

/* What a half is told when it ends for the wrong reason, or rightly for a
 * mistake of the other one. */
static const struct {
    const char *call;
    uint32_t error; /* 0: any other call, it only shows that a thread goes on */
    const char *words;
    enum side side;
    const char *half; /* NULL: any */
    const char *id;
} failures[] = {
    {"ConnectNamedPipe(", 535, "ERROR_PIPE_CONNECTED", STUDENT, NULL, "WN1"},
    {"ConnectNamedPipe(", 232, "ERROR_NO_DATA", STUDENT, NULL, "WP1"},
    {"CreateFile(", 231, "ERROR_PIPE_BUSY", STUDENT, NULL, "WN2"},
    {"WaitNamedPipe(", 121, "ERROR_SEM_TIMEOUT", STUDENT, NULL, "WN2"},
    {"ReadFile(", 109, "ERROR_BROKEN_PIPE", STUDENT, "server", "WN10"},
    {"ReadFile(", 109, "ERROR_BROKEN_PIPE", STUDENT, "call_server", "WN10"},
    {"ReadFile(", 234, "ERROR_MORE_DATA", STUDENT, "call_server", "WN4"},
    {"TransactNamedPipe(", 230, "ERROR_BAD_PIPE", STUDENT, NULL, "WN5"},
    {"WriteFile(", 232, "ERROR_NO_DATA", STUDENT, "call_server", "WP5"},
    {"CreateNamedPipe(", 231, "ERROR_PIPE_BUSY", STUDENT, "call_server", "WN9"},
    {"CreateFile(", 5, "ERROR_ACCESS_DENIED", STUDENT, "client", "WP8"},
    {"CreateFile(", 5, "ERROR_ACCESS_DENIED", REFERENCE, NULL, "WP2"},
    {"SetNamedPipeHandleState(", 87, "ERROR_INVALID_PARAMETER", REFERENCE, NULL,
        "WP2"},
    {"CreateNamedPipe(", 0, "", STUDENT, NULL, ""},
    {"SetNamedPipeHandleState(", 0, "", STUDENT, NULL, ""},
    {"WaitForSingleObject(", 0, "", STUDENT, NULL, ""},
};

enum {
    FAILURES = sizeof failures / sizeof failures[0]
};

static int
begins(const struct relay_call *call, const char *words)
{
    return strncmp(call->what, words, strlen(words)) == 0;
}

/* Is the call about what all programs have? */
static int
is_about_stream(
    const struct relay_call *calls, size_t n, const struct relay_call *call)
{
    for (size_t i = 0; i < n; i++)
        if (begins(&calls[i], "GetStdHandle(") &&
            calls[i].result == relay_argument(call, 0))
            return begins(call, "ReadFile(") || begins(call, "WriteFile(");
    return 0;
}

/* What the thread was told by GetLastError() after this call, if that was the
 * last of its calls about pipes; else 0. */
static uint32_t
last_error(
    const struct relay_call *calls, size_t n, const struct relay_call *call)
{
    uint32_t error = 0;

    for (const struct relay_call *c = call + 1; c < calls + n; c++) {
        if (c->thread != call->thread)
            continue;
        if (error == 0 && begins(c, "GetLastError("))
            error = (uint32_t)c->result;
        for (int i = 0; i < FAILURES; i++)
            if (begins(c, failures[i].call) && !is_about_stream(calls, n, c))
                return 0;
    }
    return error;
}

/* It has asked why a call has failed, and done nothing more. */
static void
tell_end(struct half_view *half)
{
    const struct relay_call *calls;
    size_t n = half_relay(half, &calls);
    char sentence[200];

    for (const struct relay_call *c = calls; c < calls + n; c++)
        for (int i = 0; i < FAILURES; i++) {
            if (failures[i].error == 0 || failures[i].side != half->side ||
                !c->has_returned || !begins(c, failures[i].call) ||
                (c->result != 0 && (uint32_t)c->result != UINT32_MAX) ||
                (failures[i].half != NULL &&
                    strcmp(failures[i].half, half->name) != 0) ||
                is_about_stream(calls, n, c) ||
                last_error(calls, n, c) != failures[i].error)
                continue;
            snprintf(sentence, sizeof sentence,
                "%s ends after %.*s() fails: %s", half->name,
                (int)strcspn(c->what, "("), c->what, failures[i].words);
            explain_id(failures[i].id, sentence);
            return;
        }
}

static void
tell_pipes(int is_stuck)
{
    struct half_view *half;

    (void)is_stuck;
    for (int i = 0; (half = pair_half(i)) != NULL; i++)
        if (half->side != TOOL && half_state(half)->has_ended &&
            half_state(half)->status != 0)
            tell_end(half);
}

/* ---- both pairs ---- */

static const char *
to_hex(const void *bytes, size_t size)
{
    static char text[4 * WHOLE + 1];

    text[0] = '\0';
    for (size_t i = 0; i < size && i < 2 * WHOLE; i++)
        sprintf(text + 2 * i, "%02x", ((const unsigned char *)bytes)[i]);
    return text;
}

static struct half_view *
start(const struct start *how, enum side side, const char *program)
{
    explain_lab = tell_pipes;
    return pair_start_as(how, side, program, name(), NULL);
}

static struct half_view *
start_server(enum side side, const char *program)
{
    struct half_view *server = start(&with_plenty, side, program);

    expect_line(server, "ready");
    settle(server);
    return server;
}

static struct half_view *
start_client(enum side side, const char *program)
{
    struct half_view *client = start(&with_plenty, side, program);

    settle(client);
    return client;
}

/* It has made its pipe, and goes on when its "ready" is read. */
static struct half_view *
hold_server(const char *program)
{
    struct half_view *server = start(&held, STUDENT, program);

    expect_waiting(server, "for somebody to read its \"ready\"");
    return server;
}

static void
release_server(struct half_view *server)
{
    half_release(server);
    expect_line(server, "ready");
}

/* It has not ended; all have come to rest before. */
static void
expect_alive(struct half_view *half, const char *id, const char *what)
{
    char got[80] = "";

    if (!half_state(half)->has_ended)
        return;
    const struct reply reply = *pair_wait(half, UNTIL_ENDED, 0);
    explain_status(got, sizeof got, half_state(half)->status);
    if (id[0] != '\0')
        explain_id(id, "");
    explain(half, &reply);
    expect_that(half, 0, "", what, "it has ended: %s", got);
}

/* What WaitNamedPipe() says of the pipe: "free", "busy", "error 2". */
static const char *
pipe_state(void)
{
    return ask_stranger("pipe %s", name());
}

static void
expect_pipe(struct half_view *half, const char *state, const char *id,
    const char *expected)
{
    const char *got = pipe_state();

    expect_that(half, strcmp(got, state) == 0, id, expected, "%s",
        strcmp(got, "free") == 0      ? "an instance of it is free"
        : strcmp(got, "busy") == 0    ? "it is there, and no instance is free"
        : strcmp(got, "error 2") == 0 ? "there is no such pipe"
                                      : got);
}

static void
expect_open(struct half_view *half, char which, const char *access,
    const char *answer, const char *expected)
{
    const char *got = ask_stranger("open-pipe %c %s %s", which, name(), access);

    expect_that(half, strcmp(got, answer) == 0, "WP2", expected,
        "CreateFile() says %s", got);
}

static void
expect_type(
    struct half_view *half, char which, const char *type, const char *expected)
{
    const char *got = ask_stranger("is-message %c", which);

    expect_that(half, strcmp(got, type) == 0, "WP2", expected,
        "a pipe of the other type");
}

/* The half lets go of what this call has made, or was given (-1: its result,
 * else the number of an argument): it closes it, or, another_way, calls that
 * with it. */
static void
expect_let_go(struct half_view *half, const char *words, int nth,
    const char *another_way, const char *expected)
{
    const struct relay_call *calls;
    size_t n = half_relay(half, &calls);
    uint64_t handle = 0;
    int is_gone = 0;

    for (size_t i = 0; i < n && !is_gone; i++) {
        int is_it = handle != 0 && relay_argument(&calls[i], 0) == handle;
        is_gone = is_it && (begins(&calls[i], "CloseHandle(") ||
                               begins(&calls[i], another_way));
        if (handle == 0 && begins(&calls[i], words))
            handle =
                nth == -1 ? calls[i].result : relay_argument(&calls[i], nth);
    }
    expect_that(half, is_gone, "", expected, "no call of CloseHandle() for it");
}

static void
expect_usage(const char *program)
{
    expect_exit(pair_start(STUDENT, program, NULL), 2);
    expect_exit(pair_start(STUDENT, program, "not/a/name", NULL), 2);
}

/* Ended, with a message about the pipe. */
static void
expect_refusal(struct half_view *half)
{
    settle(half);
    expect_exit(half, 1);
    expect_said(half, name(), NULL);
    expect_output(half, "");
}

static void
print_to_nobody(const char *program)
{
    const struct start closed = {.flags = START_CLOSED};
    struct half_view *server = start(&closed, STUDENT, program);

    note("nobody reads standard output");
    settle(server);
    expect_exit(server, 1);
    expect_said(server, NULL);
}

/* A client finds no pipe, whatever its input. */
static void
run_without_server(const char *program)
{
    note("there is no pipe");
    for (int i = 0; i < 3; i++) {
        struct half_view *client = start(&with_plenty, STUDENT, program);
        if (i == 1)
            half_send(client, nonce_line(0));
        if (i == 2)
            half_close(client);
        settle(client);
        expect_no_win32_call(
            client, "the client creates nothing", "CreateNamedPipe(", NULL);
        expect_refusal(client);
        expect_left(client, NULL);
    }
}

/* The stranger's pipe, of which it is the only client: then a client comes. */
static struct half_view *
start_busy_client(const char *program)
{
    ask_stranger("make-pipe x %s", name());
    ask_stranger("open-pipe y %s", name());
    struct half_view *client = start(&with_plenty, STUDENT, program);
    note("the pipe's only instance has a client");
    half_send(client, nonce_line(0));
    settle_for_now(client);
    expect_alive(client, "WN2", "the client waits until an instance is free");
    return client;
}

/* It waits in a call that ends when there is something to open. */
static void
expect_endless_wait(struct half_view *client)
{
    const struct relay_call *call =
        find_win32_call(client, "WaitNamedPipe(", 0);
    int nth = 1; /* argument: how long */

    if (call == NULL) {
        call = find_win32_call(client, "CallNamedPipe(", 0);
        nth = 6;
    }
    expect_that(client,
        call == NULL || (uint32_t)relay_argument(call, nth) == UINT32_MAX,
        "WN2", "the client waits however long it takes: NMPWAIT_WAIT_FOREVER",
        "%s", call != NULL ? call->what : "");
    expect_settled(client);
}

/* Somebody else takes the instance that it was woken for. */
static void
be_quicker(struct half_view *client)
{
    note("and so has the next one, before this client has opened it");
    half_signal(client, SIGSTOP);
    settle(client);
    ask_stranger("make-pipe z %s", name());
    ask_stranger("open-pipe w %s", name());
    half_signal(client, SIGCONT);
    settle_for_now(client);
    expect_alive(client, "WP6", "the client waits once more");
    expect_endless_wait(client);
}

/* ---- the first pair: a stream ---- */

static void
pass(struct half_view *client, struct half_view *server, int n)
{
    half_send(client, nonce_line(n));
    expect_line(server, nonce(n));
}

/* How the server ends is an item of its own. */
static void
close_and_end(struct half_view *server, struct half_view *client)
{
    half_close(client);
    if (client->side != REFERENCE)
        expect_exit(client, 0);
    expect_output(server, "");
}

static void
talk(enum side server_side, enum side client_side)
{
    struct half_view *server = start_server(server_side, "server");
    struct half_view *client = start_client(client_side, "client");

    for (int i = 0; i < 3; i++)
        pass(client, server, i);
    close_and_end(server, client);
    if (client->side != REFERENCE && server->side != REFERENCE)
        expect_exit(server, 0);
}

static void
stop(struct half_view *half)
{
    settle(half);
    half_signal(half, SIGSTOP);
    settle(half);
}

static void
pass_much(enum side server_side, enum side client_side)
{
    char *bytes = malloc(BIG);
    struct half_view *server = start_server(server_side, "server");
    struct half_view *client = start_client(client_side, "client");

    if (bytes == NULL)
        pair_trouble("out of memory");
    pattern_fill(nonce_number(0), 0, bytes, BIG);
    if (server->side == REFERENCE)
        stop(server); /* until the pipe is full */
    half_send_pattern(client, nonce_number(0), BIG);
    half_close(client);
    if (server->side == REFERENCE)
        settle(client);
    half_signal(server, SIGCONT);
    expect_output_bytes(server, bytes, BIG);
    expect_exit(client, 0);
    free(bytes);
}

static void
pass_odd(enum side server_side, enum side client_side)
{
    char bytes[256];
    struct half_view *server = start_server(server_side, "server");
    struct half_view *client = start_client(client_side, "client");

    note("every byte there is, and no '\\n' at the end");
    for (int i = 0; i < 256; i++)
        bytes[i] = (char)(255 - i);
    half_send_bytes(client, bytes, sizeof bytes);
    half_close(client);
    expect_output_bytes(server, bytes, sizeof bytes);
    expect_exit(client, 0);
}

/* ---- the server, with the reference client ---- */

START_TEST(server_talks)
{
    talk(STUDENT, REFERENCE);
}
END_TEST

/* Its pipe exists before "ready" is printed. */
static void
expect_pipe_when_ready(const char *program)
{
    struct half_view *server = hold_server(program);
    int is_there = strcmp(pipe_state(), "free") == 0;

    if (!is_there) {
        half_release(server); /* does it come after "ready", or never? */
        settle(server);
    }
    expect_that(server, is_there,
        strcmp(pipe_state(), "free") == 0 ? "RDY1" : "",
        "a client can open the pipe before \"ready\" is printed", "it cannot");
    release_server(server);
    settle(server);
}

START_TEST(server_is_ready)
{
    expect_pipe_when_ready("server");
}
END_TEST

START_TEST(server_type)
{
    struct half_view *server = start_server(STUDENT, "server");

    expect_open(server, 'a', "read", "error 5",
        "a client that wants to read is refused: PIPE_ACCESS_INBOUND");
    expect_open(server, 'b', "write", "ok", "a client can open it to write");
    expect_type(server, 'b', "0", "a pipe of bytes: PIPE_TYPE_BYTE");
    expect_pipe(server, "busy", "", "the pipe is for one client");
    ask_stranger("write b %s", to_hex(nonce_line(0), strlen(nonce_line(0))));
    ask_stranger("close b");
    expect_output(server, nonce_line(0));
}
END_TEST

START_TEST(server_client_first)
{
    struct half_view *server = hold_server("server");
    struct half_view *client = start_client(REFERENCE, "client");

    note("the client comes before ConnectNamedPipe()");
    half_send(client, nonce_line(0));
    settle(client);
    release_server(server);
    expect_line(server, nonce(0));
    pass(client, server, 1);
    close_and_end(server, client);
}
END_TEST

START_TEST(server_client_gone)
{
    struct half_view *server = hold_server("server");
    struct half_view *client = start_client(REFERENCE, "client");

    note("the client has come and gone before ConnectNamedPipe()");
    half_send(client, nonce_line(0));
    half_close(client);
    expect_exit(client, 0);
    release_server(server);
    expect_output(server, nonce_line(0));
}
END_TEST

START_TEST(server_much)
{
    pass_much(STUDENT, REFERENCE);
}
END_TEST

START_TEST(server_odd)
{
    pass_odd(STUDENT, REFERENCE);
}
END_TEST

START_TEST(server_ends)
{
    struct half_view *server = start_server(STUDENT, "server");
    struct half_view *client = start_client(REFERENCE, "client");

    note("no input");
    expect_waiting(server, "while the client has the pipe open");
    close_and_end(server, client);
    expect_exit(server, 0);
    expect_no_complaint(server, "the end of the pipe is no failure");
    expect_pipe(server, "error 2", "", "the pipe has gone with the server");
}
END_TEST

START_TEST(server_closes)
{
    struct half_view *server = start_server(STUDENT, "server");
    struct half_view *client = start_client(REFERENCE, "client");

    pass(client, server, 0);
    close_and_end(server, client);
    expect_let_go(server, "CreateNamedPipe(", -1, "CloseHandle(",
        "the server closes its end of the pipe before it ends");
    expect_left(server, NULL);
}
END_TEST

START_TEST(server_cannot_print)
{
    print_to_nobody("server");
    struct half_view *server = start_server(STUDENT, "server");
    struct half_view *client = start_client(REFERENCE, "client");
    half_hang_up(server);
    note("from \"ready\" on");
    half_send(client, nonce_line(0));
    settle(server);
    expect_exit(server, 1);
    expect_said(server, NULL);
}
END_TEST

START_TEST(server_refuses)
{
    expect_usage("server");
    struct half_view *server = start_server(STUDENT, "server");
    pass(start_client(REFERENCE, "client"), server, 0);
}
END_TEST

START_TEST(server_rests)
{
    struct half_view *server = start_server(STUDENT, "server");
    struct half_view *client = start_client(REFERENCE, "client");

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
    pass_much(REFERENCE, STUDENT);
}
END_TEST

START_TEST(client_odd)
{
    pass_odd(REFERENCE, STUDENT);
}
END_TEST

static void
expect_client_works(void)
{
    struct half_view *server = start_server(REFERENCE, "server");

    pass(start_client(STUDENT, "client"), server, 0);
}

START_TEST(client_no_server)
{
    run_without_server("client");
    expect_client_works();
}
END_TEST

START_TEST(client_refuses)
{
    expect_usage("client");
    expect_client_works();
}
END_TEST

/* What the client writes comes out of the stranger's end of the pipe. */
static void
expect_delivery(struct half_view *client, char which)
{
    half_close(client);
    settle(client);
    const char *got = ask_stranger("read %c 4096", which);
    const char *wanted = to_hex(nonce_line(0), strlen(nonce_line(0)));
    expect_that(client, strcmp(got, wanted) == 0, "",
        "the client writes its input into the instance that is free now",
        "another text: %s", got);
    expect_exit(client, 0);
}

START_TEST(client_waits)
{
    struct half_view *client = start_busy_client("client");

    expect_endless_wait(client);
    ask_stranger("make-pipe z %s", name());
    note("then there is another one");
    expect_delivery(client, 'z');
}
END_TEST

START_TEST(client_waits_again)
{
    struct half_view *client = start_busy_client("client");

    be_quicker(client);
    ask_stranger("make-pipe v %s", name());
    expect_delivery(client, 'v');
}
END_TEST

START_TEST(client_server_goes)
{
    struct half_view *server = start_server(REFERENCE, "server");
    struct half_view *client = start_client(STUDENT, "client");

    pass(client, server, 0);
    stop(server);
    half_send_pattern(client, nonce_number(1), BIG);
    expect_waiting(client, "while the pipe is full");
    note("server killed, the pipe is full");
    half_kill(server);
    expect_exit(client, 1);
    expect_said(client, NULL);
    pair_again(1);
    server = start_server(REFERENCE, "server");
    client = start_client(STUDENT, "client");
    pass(client, server, 0);
    half_kill(server);
    note("server killed while the client waits for input");
    half_send(client, nonce_line(1));
    expect_exit(client, 1);
    expect_said(client, NULL);
}
END_TEST

START_TEST(client_cannot_read)
{
    const struct start folder = {.flags = START_FOLDER};

    expect_client_works();
    pair_again(1);
    start_server(REFERENCE, "server");
    expect_read_error(start(&folder, STUDENT, "client"));
}
END_TEST

START_TEST(client_rests)
{
    struct half_view *server = start_server(REFERENCE, "server");
    struct half_view *client = start_client(STUDENT, "client");

    expect_settled(client);
    pass(client, server, 0);
    expect_settled(client);
}
END_TEST

/* ---- both together ---- */

START_TEST(pair_talks)
{
    talk(STUDENT, STUDENT);
}
END_TEST

START_TEST(pair_orders)
{
    for (int is_gone = 0; is_gone < 2; is_gone++) {
        struct half_view *server = hold_server("server");
        struct half_view *client = start_client(STUDENT, "client");
        note(is_gone ? "the client has gone before ConnectNamedPipe()"
                     : "the client comes before ConnectNamedPipe()");
        half_send(client, nonce_line(is_gone));
        if (is_gone)
            half_close(client);
        settle(client);
        release_server(server);
        expect_line(server, nonce(is_gone));
        close_and_end(server, client);
        expect_exit(server, 0);
        expect_left(server, NULL);
    }
}
END_TEST

/* ---- the second pair: requests and replies ---- */

/* A client of the reference comes, is served with this serial, and goes. */
static void
serve_one(int serial, int n)
{
    struct half_view *client = start_client(REFERENCE, "call_client");

    ask(client, serial, n);
    half_close(client);
    expect_exit(client, 0);
}

static void
call(enum side server_side, enum side client_side)
{
    struct half_view *server = start_server(server_side, "call_server");
    struct half_view *first = start_client(client_side, "call_client");
    struct half_view *client = start_client(client_side, "call_client");

    ask(first, 1, 3);
    for (int i = 0; i < 3; i++)
        ask(client, 2 + i, i);
    half_close(client);
    expect_output(client, "");
    expect_exit(client, 0);
    ask(first, 5, 4);
    half_close(first);
    expect_exit(first, 0);
    settle(server);
    if (server->side != REFERENCE)
        expect_no_complaint(server, "all has gone well");
    expect_left(client, NULL);
}

static void
call_odd(enum side server_side, enum side client_side)
{
    static char replies[ODD_REPLIES];
    struct half_view *server = start_server(server_side, "call_server");
    struct half_view *client = start_client(client_side, "call_client");
    size_t size = fill_odd_replies(replies);

    note("two empty lines, 504 bytes of any kind, 504 letters, no last '\\n'");
    for (int i = 0; i < ODD_LINES; i++) {
        send_odd_line(client, i);
        settle(server);
    }
    expect_output_bytes(client, replies, size);
    expect_exit(client, 0);
}

/* ---- what the stranger says and hears ---- */

/* Returns how many bytes. */
static size_t
from_hex(const char *text, void *bytes, size_t size)
{
    unsigned int byte;
    size_t n = 0;

    for (; n < size && sscanf(text, "%2x", &byte) == 1; n++, text += 2)
        ((unsigned char *)bytes)[n] = (unsigned char)byte;
    return n;
}

static struct call_request
request_of(int n)
{
    struct call_request request = {
        .pid = 1, .length = (uint32_t)strlen(nonce(n))};

    memcpy(request.text, nonce(n), request.length);
    return request;
}

static void
join(char which)
{
    const char *got = ask_stranger("open-pipe %c %s", which, name());

    if (strcmp(got, "ok") != 0) /* what is expected next will not come */
        note("a client cannot open the pipe");
}

/* One message. */
static void
say(char which, const void *bytes, size_t size)
{
    ask_stranger("write %c %s", which, to_hex(bytes, size));
}

static void
say_request(char which, int n)
{
    const struct call_request request = request_of(n);

    say(which, &request, sizeof request);
}

/* "nothing", "serial 2 and the text ...": what an answer says. */
static void
describe(char *text, size_t size, const char *got)
{
    struct call_reply reply = {0};
    size_t n = from_hex(got, &reply, sizeof reply);

    if (strncmp(got, "error ", 6) == 0)
        text_add(text, size, "ReadFile() says %s", got);
    else if (got[0] == '\0')
        text_add(text, size, "nothing");
    else if (n != sizeof reply)
        text_add(text, size, "%zu bytes", n);
    else
        text_add(text, size, "serial %lu, length %lu, text \"%.*s\"",
            (unsigned long)reply.serial, (unsigned long)reply.length, 40,
            reply.text);
}

/* The next message for the stranger is the reply to the secret word n. */
static void
hear_reply(struct half_view *server, char which, int serial, int n)
{
    struct call_reply reply = {0};
    char expected[120];
    char got[200] = "";

    settle(server); /* whoever throws it away has done so */
    const char *answer = ask_stranger("read %c 2000", which);
    size_t size = from_hex(answer, &reply, sizeof reply);
    snprintf(expected, sizeof expected,
        "one reply of 512 bytes: serial %d and the text of the request",
        serial);
    if (strlen(answer) == 2 * sizeof reply && size == sizeof reply &&
        reply.serial == (uint32_t)serial && reply.length == strlen(nonce(n)) &&
        memcmp(reply.text, nonce(n), reply.length) == 0)
        return;
    describe(got, sizeof got, answer);
    if (half_state(server)->has_ended && half_state(server)->status != 0)
        expect_alive(server, "", expected);
    if (answer[0] == '\0')
        explain(server, pair_wait(server, UNTIL_SETTLED, 0));
    expect_that(server, 0, "", expected, "%s", got);
}

/* The same, and it was not thrown away meanwhile. */
static void
hear_late_reply(struct half_view *server, char which, int serial, int n)
{
    settle(server);
    note("a client is slow to read");
    if (half_state(server)->status != 0)
        expect_alive(server, "", "call_server goes on");
    const char *left = ask_stranger("left %c", which);
    expect_that(server, strcmp(left, "error 233") != 0, "WN3",
        "a reply stays in the pipe until the client has read it",
        "PeekNamedPipe() says %s", left);
    hear_reply(server, which, serial, n);
}

/* ---- the call_server, with the reference call_client ---- */

START_TEST(call_server_answers)
{
    call(STUDENT, REFERENCE);
}
END_TEST

START_TEST(call_server_is_ready)
{
    expect_pipe_when_ready("call_server");
}
END_TEST

START_TEST(call_server_type)
{
    struct half_view *server = start_server(STUDENT, "call_server");

    expect_open(server, 'a', "both", "ok",
        "a client can open it to write and to read: PIPE_ACCESS_DUPLEX");
    expect_type(server, 'a', "1", "a pipe of messages: PIPE_TYPE_MESSAGE");
    say_request('a', 0);
    hear_reply(server, 'a', 1, 0);
}
END_TEST

START_TEST(call_server_client_first)
{
    struct half_view *server = hold_server("call_server");
    struct half_view *client = start_client(REFERENCE, "call_client");

    note("the client comes before ConnectNamedPipe()");
    half_send(client, nonce_line(0));
    settle(client);
    release_server(server);
    expect_answer(client, 1, 0);
    half_kill(client);
    pair_again(1);
    server = hold_server("call_server");
    join('a');
    ask_stranger("close a");
    note("a client has come and gone before ConnectNamedPipe()");
    release_server(server);
    settle(server);
    expect_alive(server, "", "call_server waits for the next client");
    serve_one(1, 1);
}
END_TEST

START_TEST(call_server_next)
{
    struct half_view *server = start_server(STUDENT, "call_server");

    for (int i = 0; i < SILENT; i++) {
        join((char)('a' + i));
        settle(server);
        note(i == 0 ? "a client is connected" : "one more");
        expect_pipe(server, "free", "WN9",
            "an instance is free for the next client, at any time");
    }
    for (int i = 0; i < SILENT; i++)
        ask_stranger("close %c", 'a' + i);
    settle(server);
    note("all of them go");
    expect_alive(server, "", "call_server waits for the next client");
    expect_pipe(server, "free", "WN9", "an instance is free for the next one");
}
END_TEST

START_TEST(call_server_silent)
{
    struct half_view *server = start_server(STUDENT, "call_server");

    for (int i = 0; i < SILENT; i++) {
        join((char)('a' + i));
        settle(server);
    }
    note("three clients are connected and say nothing");
    struct half_view *client = start_client(REFERENCE, "call_client");
    half_send(client, nonce_line(0));
    settle(client);
    if (half_state(client)->lines == 0)
        explain(client, pair_wait(client, UNTIL_SETTLED, 0));
    expect_that(server, half_state(client)->lines > 0,
        half_state(client)->has_ended ? "" : "WP3",
        "another one gets its reply all the same", "it has got none");
    expect_answer(client, 1, 0);
    say_request('a', 1);
    hear_reply(server, 'a', 2, 1);
}
END_TEST

/* Nobody goes before all have their replies. */
static void
serve_crowd(
    struct half_view *clients[], char *lines[], int n, struct crowd *crowd)
{
    for (int i = 0; i < n; i++) {
        const struct reply *reply =
            pair_wait(clients[i], UNTIL_LINES, (uint64_t)crowd->each);
        if (reply->outcome != OUTCOME_HOLDS)
            explain(clients[i], reply);
        expect_that(clients[i], reply->outcome == OUTCOME_HOLDS, "",
            "a reply to every request, while all clients are connected",
            "%lu replies to %d requests of one client",
            (unsigned long)half_state(clients[i])->lines, crowd->each);
    }
    for (int i = 0; i < n; i++)
        half_close(clients[i]);
    for (int i = 0; i < n; i++) {
        expect_answers(clients[i], lines[i], crowd);
        free(lines[i]);
    }
}

START_TEST(call_server_many)
{
    static struct crowd crowd;
    struct half_view *clients[CLIENTS];
    char *lines[CLIENTS];

    start_server(STUDENT, "call_server");
    crowd = (struct crowd){
        .each = REQUESTS, .total = CLIENTS * REQUESTS, .crossed = ""};
    for (int i = 0; i < CLIENTS; i++) {
        const char word[] = {(char)('a' + i), '\0'};
        lines[i] = many_lines(word, REQUESTS);
        clients[i] = start_client(REFERENCE, "call_client");
    }
    for (int i = 0; i < CLIENTS; i++)
        half_send(clients[i], lines[i]);
    serve_crowd(clients, lines, CLIENTS, &crowd);
}
END_TEST

START_TEST(call_server_odd)
{
    call_odd(STUDENT, REFERENCE);
}
END_TEST

/* Lines on standard error, so far. */
static size_t
complaints(struct half_view *half)
{
    size_t size;
    size_t lines = 0;
    const char *said = half_output(half, 2, &size);

    for (size_t i = 0; i < size; i++)
        lines += said[i] == '\n';
    return lines;
}

START_TEST(call_server_nonsense)
{
    static const struct {
        uint32_t length;
        size_t size;
        const char *what;
    } strange[] = {
        {TEXT_LIMIT + 1, WHOLE, "a request of length 505"},
        {UINT32_MAX, WHOLE, "a request of length 4294967295"},
        {1, WHOLE - 1, "a request of 511 bytes only"},
        {1, 3, "a request of 3 bytes"},
    };
    struct half_view *server = start_server(STUDENT, "call_server");

    join('a');
    for (size_t i = 0; i < sizeof strange / sizeof strange[0]; i++) {
        const struct call_request request = {
            .pid = 1, .length = strange[i].length, .text = "x"};
        size_t before = complaints(server);
        note(strange[i].what);
        say('a', &request, strange[i].size);
        settle(server);
        expect_alive(server, "", "call_server goes on");
        expect_that(server, complaints(server) > before, "",
            "a request that makes no sense costs a line on standard error",
            "nothing was said");
    }
    note("then a good one");
    say_request('a', 0);
    hear_reply(server, 'a', 1, 0);
}
END_TEST

START_TEST(call_server_too_long)
{
    const struct call_request both[] = {request_of(1), request_of(2)};
    struct half_view *server = start_server(STUDENT, "call_server");

    join('a');
    say('a', both, sizeof both);
    note("a message of 1024 bytes: two requests in one");
    settle(server);
    expect_alive(server, "", "call_server goes on");
    const char *left = ask_stranger("left a");
    size_t lines = complaints(server);
    expect_that(server, strncmp(left, "error ", 6) != 0,
        lines == 0 ? "WN4" : "", "its client stays connected",
        "PeekNamedPipe() says %s", left);
    expect_that(server, strcmp(left, "0") == 0,
        strcmp(left, "512") == 0 ? "WN4" : "", /* two: a pipe of bytes */
        "a message that makes no sense gets no reply", "%s bytes", left);
    expect_that(server, lines == 1, lines > 1 ? "WN4" : "",
        "it costs one line on standard error", "%zu lines", lines);
    say_request('a', 0);
    note("then a good one");
    hear_reply(server, 'a', 1, 0);
}
END_TEST

START_TEST(call_server_client_goes)
{
    struct half_view *server = start_server(STUDENT, "call_server");

    join('a');
    stop(server);
    say_request('a', 0);
    ask_stranger("close a");
    note("a client has gone before its reply comes");
    half_signal(server, SIGCONT);
    settle(server);
    expect_alive(server, "", "call_server goes on");
    struct half_view *client = start_client(REFERENCE, "call_client");
    ask(client, 2, 1);
    note("a client is killed");
    half_kill(client);
    settle(server);
    expect_alive(server, "", "call_server goes on");
    serve_one(3, 2);
}
END_TEST

/* What a thread has written to its client was read, as far as the log tells,
 * whenever it disconnects him. */
static void
expect_flushed(struct half_view *server)
{
    const struct relay_call *calls;
    const struct relay_call *late = NULL;
    uint64_t unread[16] = {0}; /* handles */
    size_t n = half_relay(server, &calls);

    for (size_t i = 0; i < n; i++) {
        uint64_t handle = relay_argument(&calls[i], 0);
        uint64_t *place = &unread[handle / 4 % 16];
        if (begins(&calls[i], "WriteFile("))
            *place = handle;
        else if (begins(&calls[i], "FlushFileBuffers(") && *place == handle)
            *place = 0;
        else if (begins(&calls[i], "DisconnectNamedPipe(") && *place == handle)
            late = &calls[i];
    }
    expect_that(server, late == NULL, "WN3",
        "FlushFileBuffers() comes before DisconnectNamedPipe()",
        "%s without it", late != NULL ? late->what : "");
}

START_TEST(call_server_flushes)
{
    struct half_view *server = start_server(STUDENT, "call_server");

    join('a');
    say_request('a', 0);
    hear_late_reply(server, 'a', 1, 0);
    ask_stranger("close a");
    settle(server);
    expect_flushed(server);
    expect_let_go(server, "ConnectNamedPipe(", 0, "ConnectNamedPipe(",
        "the instance of a client that has gone is closed, or used again");
    serve_one(2, 1);
}
END_TEST

START_TEST(call_server_counts)
{
    static const char *const bad[] = {"12x", "-1", "", "2147483648"};
    const struct call_request strange = {.pid = 1, .length = TEXT_LIMIT + 1};
    struct half_view *server =
        pair_start(STUDENT, "call_server", name(), "3", NULL);

    explain_lab = tell_pipes;
    expect_line(server, "ready");
    settle(server);
    join('a');
    say('a', &strange, sizeof strange); /* not counted */
    settle(server);
    ask_stranger("close a");
    serve_one(1, 0);
    serve_one(2, 1);
    expect_waiting(server, "for the third request");
    join('b');
    say_request('b', 2);
    hear_late_reply(server, 'b', 3, 2);
    expect_exit(server, 0);
    expect_pipe(server, "error 2", "", "the pipe has gone with the server");
    server = pair_start(STUDENT, "call_server", name(), "0", NULL);
    expect_line(server, "ready");
    settle(server);
    serve_one(1, 3);
    expect_waiting(server, "for more: 0 means no limit");
    half_kill(server);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        expect_exit(
            pair_start(STUDENT, "call_server", name(), bad[i], NULL), 2);
}
END_TEST

START_TEST(call_server_cannot_print)
{
    print_to_nobody("call_server");
    struct half_view *server = start_server(STUDENT, "call_server");
    expect_pipe(server, "free", "", "it has a pipe where it can print");
}
END_TEST

START_TEST(call_server_rests)
{
    struct half_view *server = start_server(STUDENT, "call_server");
    struct half_view *client = start_client(REFERENCE, "call_client");

    ask(client, 1, 0);
    expect_settled(server);
    half_close(client);
    pair_wait(client, UNTIL_ENDED, 0);
    note("the client goes");
    expect_settled(server);
    serve_one(2, 1);
}
END_TEST

/* ---- the call_client, with the reference call_server ---- */

START_TEST(call_client_talks)
{
    call(REFERENCE, STUDENT);
}
END_TEST

/* The stranger has made a pipe; a client has opened it and sent a line. */
static struct half_view *
ask_the_stranger(int n)
{
    ask_stranger("make-pipe x %s", name());
    struct half_view *client = start_client(STUDENT, "call_client");
    half_send(client, nonce_line(n));
    settle(client);
    return client;
}

/* One message, which is the request for the secret word n. */
static void
expect_request(struct half_view *client, char which, int n)
{
    struct call_request request = {0};
    const char *got = ask_stranger("read %c 2000", which);
    size_t size = strncmp(got, "error ", 6) == 0
                      ? 0
                      : from_hex(got, &request, sizeof request);
    int is_whole = strlen(got) == 2 * WHOLE && size == WHOLE;

    expect_that(client, is_whole, size > 0 ? "WP4" : "",
        "one message of 512 bytes: a whole request",
        got[0] == '\0' ? "nothing" : "a message of %zu bytes", size);
    expect_that(client,
        request.length == strlen(nonce(n)) &&
            memcmp(request.text, nonce(n), request.length) == 0,
        "", "the line and its length, without '\\n'", "length %lu, text %.40s",
        (unsigned long)request.length, request.text);
}

/* The stranger answers, as if that were the request number SERIAL. */
static void
answer(char which, int n)
{
    struct call_reply reply = {
        .serial = SERIAL, .length = (uint32_t)strlen(nonce(n))};

    memcpy(reply.text, nonce(n), reply.length);
    say(which, &reply, sizeof reply);
}

START_TEST(call_client_whole)
{
    struct half_view *client = ask_the_stranger(0);

    expect_request(client, 'x', 0);
    answer('x', 1);
    expect_answer(client, SERIAL, 1);
    half_close(client);
    expect_exit(client, 0);
}
END_TEST

/* In message mode, and in one call. CallNamedPipe() does all of it. */
START_TEST(call_client_mode)
{
    struct half_view *server = start_server(REFERENCE, "call_server");
    struct half_view *client = start_client(STUDENT, "call_client");

    ask(client, 1, 0);
    half_close(client);
    expect_exit(client, 0);
    settle(server);
    if (count_win32_calls(client, "CallNamedPipe(") > 0)
        return;
    expect_win32_call(client, "SetNamedPipeHandleState(", "WN5",
        "the client's end reads messages: PIPE_READMODE_MESSAGE");
    expect_win32_call(client, "TransactNamedPipe(", "WP7",
        "one call sends the request and waits for the reply");
}
END_TEST

START_TEST(call_client_odd)
{
    call_odd(REFERENCE, STUDENT);
}
END_TEST

START_TEST(call_client_too_long)
{
    char line[FULL_LINE];
    struct half_view *server = start_server(REFERENCE, "call_server");
    struct half_view *client = start_client(STUDENT, "call_client");

    memset(line, 'x', sizeof line);
    ask(client, 1, 0);
    settle(server);
    half_send_bytes(client, line, sizeof line);
    note("line 2 has 505 bytes and no '\\n'");
    expect_output(client, "");
    expect_exit(client, 1);
    expect_said(client, "2", "504", NULL);
}
END_TEST

START_TEST(call_client_no_server)
{
    run_without_server("call_client");
    expect_usage("call_client");
    start_server(REFERENCE, "call_server");
    ask(start_client(STUDENT, "call_client"), 1, 0);
}
END_TEST

START_TEST(call_client_waits)
{
    struct half_view *client = start_busy_client("call_client");

    expect_endless_wait(client);
    be_quicker(client);
    ask_stranger("make-pipe v %s", name());
    note("then there is one for it");
    settle(client);
    expect_request(client, 'v', 0);
    answer('v', 1);
    expect_answer(client, SERIAL, 1);
    half_close(client);
    expect_exit(client, 0);
}
END_TEST

START_TEST(call_client_server_goes)
{
    struct half_view *server = start_server(REFERENCE, "call_server");
    struct half_view *client = start_client(STUDENT, "call_client");

    ask(client, 1, 0);
    note("server killed while call_client waits for input");
    half_kill(server);
    half_send(client, nonce_line(1));
    expect_exit(client, 1);
    expect_said(client, NULL);
    pair_again(1);
    client = ask_the_stranger(2);
    expect_request(client, 'x', 2);
    note("server gone while it waits for the reply");
    ask_stranger("close x");
    expect_output(client, "");
    expect_exit(client, 1);
    expect_said(client, NULL);
}
END_TEST

START_TEST(call_client_nonsense)
{
    const struct call_reply both[2] = {{.serial = 1, .length = 3, .text = "no"},
        {.serial = 2, .length = 3, .text = "no"}};
    const struct call_reply strange = {.serial = 1, .length = TEXT_LIMIT + 1};
    const struct {
        const void *bytes;
        size_t size;
        const char *what;
    } replies[] = {
        {&strange, sizeof strange, "a reply of length 505 comes"},
        {both, 8, "a reply of 8 bytes comes"},
        {both, sizeof both, "a reply of 1024 bytes comes"},
    };

    for (size_t i = 0; i < sizeof replies / sizeof replies[0]; i++) {
        struct half_view *client = ask_the_stranger((int)i);
        expect_request(client, 'x', (int)i);
        note(replies[i].what);
        say('x', replies[i].bytes, replies[i].size);
        expect_output(client, "");
        expect_exit(client, 1);
        expect_said(client, NULL);
        ask_stranger("close x");
    }
}
END_TEST

START_TEST(call_client_streams_fail)
{
    const struct start closed = {.flags = START_CLOSED};
    const struct start folder = {.flags = START_FOLDER};

    start_server(REFERENCE, "call_server");
    ask(start_client(STUDENT, "call_client"), 1, 0);
    struct half_view *client = start(&closed, STUDENT, "call_client");
    half_send(client, nonce_line(1));
    note("nobody reads standard output");
    expect_exit(client, 1);
    expect_said(client, NULL);
    expect_read_error(start(&folder, STUDENT, "call_client"));
}
END_TEST

/* ---- both together ---- */

START_TEST(call_pair_talks)
{
    call(STUDENT, STUDENT);
}
END_TEST

START_TEST(call_pair_orders)
{
    static struct crowd crowd;
    struct half_view *clients[2];
    char *lines[2];
    struct half_view *server = hold_server("call_server");

    note("both clients come before ConnectNamedPipe()");
    crowd = (struct crowd){.each = 1, .total = 2, .crossed = ""};
    for (int i = 0; i < 2; i++) {
        lines[i] = many_lines(i == 0 ? "a" : "b", 1);
        clients[i] = start(&with_plenty, STUDENT, "call_client");
        half_send(clients[i], lines[i]);
        settle_for_now(clients[i]);
    }
    release_server(server);
    serve_crowd(clients, lines, 2, &crowd);
}
END_TEST

static const struct item items[] = {
    {5, "server", 3, "prints what a client writes", &server_talks},
    {3, "server", 1, "has made its pipe when it says ready", &server_is_ready},
    {3, "server", 1, "makes a pipe of bytes that come in", &server_type},
    {4, "server", 3, "takes a client that was there before",
        &server_client_first},
    {3, "server", 3, "prints what a client has left that went",
        &server_client_gone},
    {2, "server", 3, "prints 1.9 MB unchanged", &server_much},
    {2, "server", 3, "prints any bytes", &server_odd},
    {3, "server", 3, "ends well when the client has gone", &server_ends},
    {1, "server", 2, "closes its pipe", &server_closes},
    {1, "server", 1, "refuses wrong arguments", &server_refuses},
    {1, "server", 1, "fails when it cannot print", &server_cannot_print},
    {1, "server", 3, "waits without using the processor", &server_rests},
    {5, "client", 5, "copies its input into the pipe", &client_talks},
    {2, "client", 5, "copies 1.9 MB unchanged", &client_much},
    {1, "client", 5, "copies any bytes", &client_odd},
    {3, "client", 4, "says so when there is no server", &client_no_server},
    {1, "client", 4, "refuses wrong arguments", &client_refuses},
    {4, "client", 4, "waits while somebody else has the pipe", &client_waits},
    {2, "client", 4, "waits again if somebody is quicker", &client_waits_again},
    {3, "client", 5, "says so when the server goes", &client_server_goes},
    {1, "client", 5, "fails when it cannot read", &client_cannot_read},
    {1, "client", 5, "waits without using the processor", &client_rests},
    {1, "pair", 5, "server and client talk to each other", &pair_talks},
    {2, "pair", 5, "talk whoever comes first", &pair_orders},
    {3, "call_server", 8, "answers requests", &call_server_answers},
    {1, "call_server", 6, "has made its pipe when it says ready",
        &call_server_is_ready},
    {2, "call_server", 6, "makes a pipe of messages, in both directions",
        &call_server_type},
    {2, "call_server", 6, "takes a client that was there before",
        &call_server_client_first},
    {3, "call_server", 6, "has an instance for the next client",
        &call_server_next},
    {3, "call_server", 6, "lets nobody wait for a silent client",
        &call_server_silent},
    {1, "call_server", 8, "answers 8 clients at once", &call_server_many},
    {1, "call_server", 8, "answers any bytes, empty and full lines",
        &call_server_odd},
    {2, "call_server", 7, "skips requests that make no sense",
        &call_server_nonsense},
    {2, "call_server", 7, "takes a message that is too long whole",
        &call_server_too_long},
    {2, "call_server", 8, "goes on when a client has gone before its reply",
        &call_server_client_goes},
    {2, "call_server", 6, "lets its reply be read before it disconnects",
        &call_server_flushes},
    {2, "call_server", 7, "ends after COUNT requests", &call_server_counts},
    {1, "call_server", 6, "fails when it cannot print",
        &call_server_cannot_print},
    {1, "call_server", 6, "waits without using the processor",
        &call_server_rests},
    {3, "call_client", 11, "prints the replies to its lines",
        &call_client_talks},
    {1, "call_client", 10, "sends a request as one message",
        &call_client_whole},
    {2, "call_client", 9, "calls, message by message", &call_client_mode},
    {1, "call_client", 10, "sends any bytes, empty and full lines",
        &call_client_odd},
    {1, "call_client", 10, "refuses a line that is too long",
        &call_client_too_long},
    {1, "call_client", 9, "says so when there is no server",
        &call_client_no_server},
    {2, "call_client", 9, "waits while all instances have clients",
        &call_client_waits},
    {2, "call_client", 10, "notices that the server goes",
        &call_client_server_goes},
    {1, "call_client", 10, "refuses a reply that makes no sense",
        &call_client_nonsense},
    {1, "call_client", 11, "fails when it cannot read or print",
        &call_client_streams_fail},
    {1, "pair", 11, "call_server and call_client talk", &call_pair_talks},
    {1, "pair", 11, "calls work whoever comes first", &call_pair_orders},
};

const struct lab lab_03_win32 = {
    .name = "03-namedpipe",
    .target = &target_win32,
    .programs = {"server", "client", "call_server", "call_client", NULL},
    .tools = {"stranger", NULL},
    .items = items,
    .nitems = sizeof items / sizeof items[0],
    .mistakes = mistakes_03_win32,
};
