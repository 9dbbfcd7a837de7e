/*
 * 04-mailslot.c - how lab 04 is marked
 *
 * Letters carry nonces from one half to the other, and one of the two is a
 * reference that knows datagram sockets only: what arrives has gone through
 * the slot. An order of events is forced by stopping the server: whatever is
 * sent meanwhile lies in its mailbox. The two pairs are marked alike, so most
 * of what is here serves both.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../../labs/04-mailslot/protocol.h"
#include "deadlines.h"
#include "expect.h"
#include "explain.h"
#include "labs.h"
#include "mail.h"
#include "mistakes.h"
#include "orders.h"
#include "phrases.h"
#include "text.h"

enum pair_kind {
    FIRST_PAIR,
    SECOND_PAIR,
    LONG_NAME /* the second pair, with a NAME of 64 characters */
};

static void
choose(enum pair_kind kind)
{
    is_domain = kind != FIRST_PAIR;
    has_long_name = kind == LONG_NAME;
}

/* A test that does one thing with one of the pairs. */
#define TEST(test, kind, action)                                               \
    START_TEST(test)                                                           \
    {                                                                          \
        choose(kind);                                                          \
        action;                                                                \
    }                                                                          \
    END_TEST

/* ---- a server of either pair, with reference clients ---- */

static void
expect_bound(struct half_view *server)
{
    char expected[120];

    if (is_bound(server))
        return;
    half_release(server); /* does it come after "ready", or never? */
    settle(server);
    int is_late = is_bound(server);
    if (!is_late)
        tell_mail_posix(0);
    snprintf(expected, sizeof expected,
        is_domain ? "a UDP socket, bound to " DOMAIN_ADDRESS
                    " and port %d, before \"ready\" is printed"
                  : "a datagram socket (AF_UNIX), bound to NAME, before "
                    "\"ready\" is printed",
        domain_port(domain()));
    expect_that(server, 0, is_late ? "RDY1" : "", expected, "%s",
        is_late ? "it comes later" : "there is none");
}

static void
check_ready(void)
{
    /* Its "ready" finds a full pipe: it sits in write() with all done. */
    const struct start held = {.flags = START_HOLD | START_UMASK};
    struct half_view *server =
        pair_start_as(&held, STUDENT, server_program(), address(), NULL);

    note("umask 0777");
    explain_lab = tell_mail_posix;
    expect_waiting(server, "for somebody to read its \"ready\"");
    expect_bound(server);
    if (!is_domain)
        expect_private(server, name());
    half_release(server);
    expect_line(server, "ready");
}

/* Nothing of it is printed, and it does not count. */
static void
check_too_long(void)
{
    struct half_view *server = start_server(STUDENT, "2");
    struct half_view *client = start_client(REFERENCE);

    greet(client, server);
    note("then a stranger sends 425 bytes");
    post_too_long(TEXT_LIMIT + 1);
    settle(server);
    const struct half_state *state = half_state(server);
    int is_ended_by_it = state->has_ended && state->lines == 2 &&
                         !explain_is_crash(state->status);
    expect_that(server, !is_ended_by_it, "MS5",
        "the server goes on after a message that is too long: it does not "
        "count",
        "it has ended");
    pass(client, server, 1);
    expect_output(server, "");
    expect_exit(server, 0);
    expect_said(server, NULL);
}

/* COUNT letters, and the next one stays in the mailbox; then by signals. */
static void
check_ends(void)
{
    static const int signals[] = {SIGINT, SIGTERM};
    struct half_view *server = start_server(STUDENT, "2");
    struct half_view *client = start_client(REFERENCE);

    pass(client, server, 0);
    half_signal(server, SIGSTOP);
    half_send(client, nonce_line(1));
    half_send(client, nonce_line(2));
    settle(client);
    half_signal(server, SIGCONT);
    expect_text(server, nonce(1));
    expect_output(server, "");
    expect_exit(server, 0);
    expect_left(server, NULL);
    for (int i = 0; i < 2; i++) {
        server = start_server(STUDENT, NULL);
        client = start_client(REFERENCE);
        pass(client, server, 3);
        settle(server);
        expect_end_by_signal(server, signals[i]);
        expect_output(server, "");
        expect_left(server, NULL);
    }
}

/* "ready" goes out, and the next line fails: that is "timeout". Whoever does
 * not come to print it loses another item. */
static void
expect_late_write_error(void)
{
    const struct start room = {.flags = START_ROOM};
    struct half_view *server = run_server_as(&room, STUDENT, "0", "1");

    if (strstr(pair_wait(server, UNTIL_LINES, 1)->cause, "write(1)") == NULL) {
        put_away(server);
        return;
    }
    half_hang_up(server);
    note("then nobody reads its \"timeout\"");
    expect_broken_pipe(server);
    expect_left(server, NULL);
}

static void
check_errors(void)
{
    const struct start full = {.flags = START_FULL};
    struct half_view *server = start_server(STUDENT, NULL);

    hang_up(server);
    half_send(start_client(REFERENCE), nonce_line(0));
    expect_broken_pipe(server);
    expect_left(server, NULL);
    expect_late_write_error();
    server = run_server_as(&full, STUDENT, NULL, NULL);
    expect_write_error(server, "ready\n");
    expect_left(server, NULL);
    refuse_server_arguments();
}

static void
check_server_memory(void)
{
    struct half_view *server = start_server(CHECKED, NULL);
    struct half_view *client = start_client(REFERENCE);

    pass(client, server, 0);
    if (is_domain) {
        pair_datagram("", domain_port(domain()), "", 0);
        pair_datagram("", domain_port(domain()), domain(), 3);
        pair_datagram("", domain_port(domain()), domain(), strlen(domain()));
    }
    post_too_long(TEXT_LIMIT + 1);
    post_too_long(3000);
    settle(server);
    send_odd_lines(client);
    settle(server);
    expect_no_crash(server);
    put_away(server);
    server = run_server(CHECKED, "1", huge); /* it may wait in another way */
    settle_for_now(server);
    post(nonce(1), strlen(nonce(1)));
    settle_for_now(server);
    expect_no_crash(server);
}

/* ---- a client of either pair, with reference servers ---- */

static void
check_client_memory(void)
{
    struct half_view *server = start_server(REFERENCE, NULL);
    struct half_view *client = start_client(CHECKED);

    pass(client, server, 0);
    send_odd_lines(client);
    settle(client);
    expect_no_crash(client);
    client = start_client(CHECKED);
    send_long_line(client);
    settle(client);
    expect_no_crash(client);
}

/* ---- the first pair ---- */

TEST(server_talks, FIRST_PAIR, talk_by_mail(STUDENT, REFERENCE))
TEST(server_ready, FIRST_PAIR, check_ready())
TEST(server_odd, FIRST_PAIR, pass_odd_letters(STUDENT, REFERENCE))
TEST(server_too_long, FIRST_PAIR, check_too_long())
TEST(server_several, FIRST_PAIR, mix_writers(STUDENT, REFERENCE, 100))
TEST(server_timeout, FIRST_PAIR, check_timeout())
TEST(server_ends, FIRST_PAIR, check_ends())

static uint64_t
find_slot(void)
{
    const struct census_file *file = census_find("work", name());

    return file != NULL && S_ISSOCK(file->mode) ? file->inode : 0;
}

/* Is anybody left of what the halves have started? He may hold the slot. */
static int
is_somebody_left(void)
{
    const struct census_process *list;
    size_t n = pair_processes(&list);
    int others = 0;

    for (size_t i = 0; i < n; i++)
        others += list[i].half == -1 && list[i].state != 'Z';
    return others > 0;
}

/* The server is killed while it waits. */
static void
begin_again(void)
{
    struct half_view *crashed = start_server(STUDENT, NULL);
    struct half_view *client = start_client(REFERENCE);
    greet(client, crashed);
    half_kill(crashed);
    half_kill(client);
    note("killed, then again");
    uint64_t slot = find_slot();
    struct half_view *server = run_server(STUDENT, NULL, NULL);
    settle(server);
    expect_that(server, !half_state(server)->has_ended || slot != find_slot(),
        is_somebody_left() ? "" : "MS3",
        "the slot that the first run has left is replaced",
        "it is still there, and the server has ended");
    expect_line(server, "ready");
    pass(start_client(REFERENCE), server, 1);
}

/* A second server for the same name says so, and the first one goes on. */
static void
expect_not_stolen(struct half_view *first)
{
    struct half_view *client = start_client(REFERENCE);
    uint64_t slot = find_slot();

    greet(client, first);
    struct half_view *second = run_server(STUDENT, NULL, NULL);
    settle(second);
    expect_that(second, slot == find_slot(), "MS3",
        "the slot of a server that is alive is left alone", "%s",
        find_slot() == 0 ? "it is gone" : "another one stands there");
    expect_exit(second, 1);
    expect_said(second, NULL);
    expect_output(second, "");
    pass(client, first, 1);
}

TEST(server_live, FIRST_PAIR, expect_not_stolen(start_server(STUDENT, NULL)))

/* connect() neither succeeds nor is refused: permission is denied. */
static void
expect_hands_off(void)
{
    pair_make(name(), S_IFSOCK | 0, NULL, 0);
    uint64_t slot = find_slot();
    struct half_view *server = pair_start(STUDENT, "server", name(), NULL);

    note("NAME is a socket of mode 0000: connect() fails with EACCES");
    settle(server);
    expect_that(server, find_slot() == slot, "MS3",
        "a socket is left alone unless connect() says ECONNREFUSED", "%s",
        find_slot() == 0 ? "it is gone" : "another one stands there");
    expect_exit(server, 1);
    expect_said(server, NULL);
    expect_output(server, "");
    pair_remove(name());
}

START_TEST(server_refuses)
{
    static const mode_t modes[] = {
        S_IFREG | 0600, S_IFDIR | 0700, S_IFIFO | 0600};
    static const char *const notes[] = {
        "NAME is a file", "NAME is a folder", "NAME is a FIFO"};
    struct half_view *server;

    for (int i = 0; i < 3; i++) {
        pair_make(name(), modes[i], "", 0);
        server = pair_start(STUDENT, "server", name(), NULL);
        note(notes[i]);
        settle(server);
        const struct census_file *found = census_find("work", name());
        expect_that(server,
            found != NULL && (found->mode & S_IFMT) == (modes[i] & S_IFMT),
            "MS21", "what stands at NAME is left alone, unless it is a socket",
            "%s", found == NULL ? "it is gone" : "a slot stands there");
        expect_exit(server, 1);
        expect_said(server, NULL);
        expect_output(server, "");
        pair_remove(name());
    }
    expect_hands_off();
    note("NAME is free");
    server = start_server(STUDENT, NULL);
    pass(start_client(REFERENCE), server, 0);
}
END_TEST

TEST(server_errors, FIRST_PAIR, check_errors())
TEST(server_memory, FIRST_PAIR, check_server_memory())
TEST(server_rests, FIRST_PAIR, check_server_rests())
TEST(client_talks, FIRST_PAIR, talk_by_mail(REFERENCE, STUDENT))
TEST(client_odd, FIRST_PAIR, pass_odd_letters(REFERENCE, STUDENT))

/* Nobody is there, and the client says so, whatever its input holds. */
static void
expect_refusal(const char *left, int has_input)
{
    struct half_view *client = start_client(STUDENT);

    if (!has_input)
        half_close(client);
    settle(client);
    const struct half_state *state = half_state(client);
    int is_unaware =
        state->has_ended && state->status == 0 && state->bytes[1] == 0;
    expect_that(client, !is_unaware, "MS17",
        "the client notices before its first line that there is no server",
        "exit status 0, and not a word");
    expect_exit(client, 1);
    expect_said(client, NULL);
    expect_left(client, left, NULL);
}

START_TEST(client_no_server)
{
    choose(FIRST_PAIR);
    explain_lab = tell_mail_posix;
    expect_refusal(NULL, 0);
    note("its input has not ended");
    expect_refusal(NULL, 1);
    pair_make(name(), S_IFSOCK | 0600, NULL, 0);
    note("a crashed server has left its slot");
    expect_refusal(name(), 1);
    pair_remove(name());
    struct half_view *server = start_server(REFERENCE, NULL);
    pass(start_client(STUDENT), server, 0);
    refuse_client_arguments();
}
END_TEST

/* The mailbox is full, and nobody takes anything out. */
static void
expect_blocked(struct half_view *client)
{
    settle(client);
    expect_that(client, !half_state(client)->has_ended, "MS6",
        "a client that waits while the mailbox is full", "%s",
        half_state(client)->status == 0
            ? "it has ended, as if all 1000 lines had been sent"
            : "it has given up");
}

START_TEST(client_full)
{
    char *text = expected_letters();
    struct half_view *server = start_server(REFERENCE, "1001");
    struct half_view *client = start_client(STUDENT);

    greet(client, server);
    fill_mailbox(server, client);
    half_close(client);
    expect_blocked(client);
    half_signal(server, SIGCONT);
    expect_output(server, text);
    expect_exit(client, 0);
    free(text);
}
END_TEST

/* The slot has gone: exit status 1, and a line that says so. */
static void
expect_noticed(struct half_view *client)
{
    pair_wait(client, UNTIL_ENDED, 0);
    expect_that(client,
        !half_state(client)->has_ended || half_state(client)->status != 0,
        "MS19", "the client says that the slot has gone: exit status 1",
        "exit status 0, as if all had been sent");
    expect_exit(client, 1);
    expect_said(client, NULL);
}

START_TEST(client_vanished)
{
    struct half_view *server = start_server(REFERENCE, "1");
    struct half_view *client = start_client(STUDENT);

    pass(client, server, 0);
    expect_exit(server, 0);
    settle(client);
    expect_going_on(client, "for more lines");
    note("the server has ended");
    half_send(client, nonce_line(1));
    half_close(client);
    expect_noticed(client);
    server = start_server(REFERENCE, NULL);
    client = start_client(STUDENT);
    greet(client, server);
    fill_mailbox(server, client);
    half_close(client);
    expect_blocked(client);
    note("the server is killed");
    half_kill(server);
    expect_noticed(client);
}
END_TEST

TEST(client_too_long, FIRST_PAIR, refuse_long_line(REFERENCE, STUDENT))
TEST(client_memory, FIRST_PAIR, check_client_memory())

TEST(client_rests, FIRST_PAIR, check_client_rests())
TEST(pair_works, FIRST_PAIR, pass_odd_letters(STUDENT, STUDENT))

/* ---- the second pair ---- */

START_TEST(domain_server_talks)
{
    choose(SECOND_PAIR);
    talk_by_mail(STUDENT, REFERENCE);
    expect_settled(pair_half(0));
}
END_TEST

TEST(domain_server_ready, SECOND_PAIR, check_ready())

/* One more server for the same NAME: it must not mind the others. */
static struct half_view *
join(void)
{
    struct half_view *server = run_server(STUDENT, NULL, NULL);
    size_t size;

    settle(server);
    int is_in_use =
        half_state(server)->has_ended &&
        strstr(half_output(server, 2, &size), "already in use") != NULL;
    if (is_in_use)
        tell_mail_posix(0);
    expect_that(server, !is_in_use, "SO3",
        "several servers of one NAME at the same time",
        "\"Address already in use\" (EADDRINUSE) for the second one");
    expect_line(server, "ready");
    return server;
}

START_TEST(domain_server_shares)
{
    struct half_view *server[3];

    choose(SECOND_PAIR);
    server[0] = start_server(STUDENT, NULL);
    server[1] = join();
    server[2] = join();
    for (int n = 0; n < 2; n++) {
        struct half_view *client = start_client(REFERENCE);
        half_send(client, nonce_line(n));
        for (int i = 0; i < 3; i++)
            expect_text(server[i], nonce(n));
    }
}
END_TEST

/* Datagrams at our port that are no letters to us. */
static void
post_strange(const char *bytes, size_t size)
{
    pair_datagram("", domain_port(domain()), bytes, size);
}

START_TEST(domain_server_others)
{
    char other[2 * NAME_LIMIT];
    size_t size;

    choose(SECOND_PAIR);
    struct half_view *server = start_server(STUDENT, "2");
    pass(start_client(REFERENCE), server, 0);
    settle(server);
    uint64_t said = half_state(server)->bytes[1];
    note("then datagrams that do not begin with NAME and '\\0'");
    post_strange("", 0);
    post_strange(domain(), 3);
    post_strange(domain(), strlen(domain()));
    size = (size_t)snprintf(other, sizeof other, "x%s", domain());
    post_strange(other, size + 1);
    size = (size_t)snprintf(other, sizeof other, "%s%s", domain(), nonce(3));
    post_strange(other, size);
    struct half_view *client =
        pair_start(REFERENCE, "domain_client", neighbour(), NULL);
    half_send(client, nonce_line(2));
    half_close(client);
    expect_exit(client, 0);
    settle(server);
    unsigned int printed = half_state(server)->lines - 2;
    int is_silent = half_state(server)->bytes[1] == said;
    expect_that(server, printed == 0, "MS20",
        "what is for another NAME is not printed", "%u of 6 such messages",
        printed);
    expect_going_on(server, "for a message to NAME: the others do not count");
    expect_that(server, is_silent, "",
        "what is for another NAME is dropped without a word",
        "something on standard error");
    pass(start_client(REFERENCE), server, 1);
    expect_exit(server, 0);
}
END_TEST

TEST(domain_server_odd, LONG_NAME, pass_odd_letters(STUDENT, REFERENCE))
TEST(domain_server_too_long, LONG_NAME, check_too_long())
TEST(domain_server_timeout, SECOND_PAIR, check_timeout())
TEST(domain_server_ends, SECOND_PAIR, check_ends())
TEST(domain_server_errors, SECOND_PAIR, check_errors())
TEST(domain_server_memory, LONG_NAME, check_server_memory())

START_TEST(domain_client_talks)
{
    struct half_view *server[2];

    choose(SECOND_PAIR);
    struct half_view *other =
        pair_start(REFERENCE, "domain_server", neighbour(), NULL);
    expect_ready(other);
    for (int i = 0; i < 2; i++)
        server[i] = start_server(REFERENCE, NULL);
    struct half_view *client = start_client(STUDENT);
    settle(client);
    for (int n = 0; n < 2; n++) {
        half_send(client, nonce_line(n));
        for (int i = 0; i < 2; i++)
            expect_text(server[i], nonce(n));
    }
    half_close(client);
    expect_exit(client, 0);
    expect_output(client, "");
    client = pair_start(STUDENT, "domain_client", neighbour(), NULL);
    half_send(client, nonce_line(2));
    expect_text(other, nonce(2));
}
END_TEST

START_TEST(domain_client_alone)
{
    choose(SECOND_PAIR);
    explain_lab = tell_mail_posix;
    struct half_view *client = start_client(STUDENT);
    half_send(client, nonce_line(0));
    half_send(client, nonce_line(1));
    half_close(client);
    expect_exit(client, 0);
    expect_output(client, "");
    struct half_view *server = start_server(REFERENCE, NULL);
    pass(start_client(STUDENT), server, 2);
    refuse_client_arguments();
}
END_TEST

TEST(domain_client_odd, LONG_NAME, pass_odd_letters(REFERENCE, STUDENT))
TEST(domain_client_too_long, SECOND_PAIR, refuse_long_line(REFERENCE, STUDENT))
TEST(domain_client_memory, LONG_NAME, check_client_memory())

START_TEST(domain_pair_works)
{
    choose(SECOND_PAIR);
    struct half_view *second = start_server(STUDENT, NULL);
    talk_by_mail(STUDENT, STUDENT);
    for (int n = 0; n < 3; n++)
        expect_text(second, nonce(n));
    pass_odd_letters(STUDENT, STUDENT);
    expect_text(second, nonce(0));
    expect_odd_letters(second);
}
END_TEST

/* ---- in every order, with every trouble ---- */

/* Two clients at the same time, three letters each, all of one length. Nobody
 * waits for more than "ready". */
static void
play_pair(void)
{
    struct half_view *client[2];
    char text[2][100] = {"", ""};
    char *lines[2] = {text[0], text[1]};
    struct half_view *server = run_server(STUDENT, "6", NULL);

    expect_line(server, "ready");
    orders_pause(server);
    for (int w = 0; w < 2; w++) {
        client[w] = start_client(STUDENT);
        for (int i = 3 * w; i < 3 * w + 3; i++) {
            text_add(text[w], sizeof text[w], "%s", nonce_line(i));
            half_send(client[w], nonce_line(i));
            orders_pause(server);
        }
        half_close(client[w]);
        orders_pause(server);
    }
    expect_merged(server, lines, 2, 6);
    for (int w = 0; w < 2; w++)
        expect_exit(client[w], 0);
    expect_exit(server, 0);
    expect_left(server, NULL);
}

/* The server waits in every way that it has. */
static void
play_waits(void)
{
    for (int i = 0; i < 2; i++) {
        struct half_view *server =
            run_server(STUDENT, "2", i == 0 ? NULL : huge);
        expect_line(server, "ready");
        settle_for_now(server);
        struct half_view *client = start_client(REFERENCE);
        pass(client, server, 2 * i);
        pass(client, server, 2 * i + 1);
        expect_output(server, "");
        expect_exit(server, 0);
    }
}

static void
play_client(void)
{
    struct half_view *server = start_server(REFERENCE, "2");
    struct half_view *client = start_client(STUDENT);

    pass(client, server, 0);
    pass(client, server, 1);
    half_close(client);
    expect_exit(client, 0);
    expect_exit(server, 0);
}

/* The server alone: a stranger sends. */
static void
play_server(void)
{
    struct half_view *server = start_server(STUDENT, "1");

    post(nonce(1), strlen(nonce(1)));
    expect_text(server, nonce(1));
    expect_output(server, "");
    expect_exit(server, 0);
}

static struct half_view *
set_up_server(void)
{
    return run_server(STUDENT, NULL, NULL);
}

static struct half_view *
set_up_client(void)
{
    struct half_view *server = run_server(REFERENCE, NULL, NULL);

    expect_line(server, "ready");
    struct half_view *client = start_client(STUDENT);
    half_send(client, nonce_line(0));
    return client;
}

/* Whatever a killed server has left, the next one works. */
static void
begin_over_killed_server(void)
{
    struct half_view *server = run_server(STUDENT, "1", NULL);

    settle(server);
    post(nonce(4), strlen(nonce(4)));
    settle(server);
    orders_begin_over();
    play_server();
}

TEST(server_refused, FIRST_PAIR, orders_fail(set_up_server, NULL))
TEST(server_interrupted, FIRST_PAIR, orders_interrupt(play_waits))

START_TEST(server_killed)
{
    choose(FIRST_PAIR);
    begin_again();
    pair_again(1);
    orders_kill(play_server, 0, CALL_NAMES, begin_over_killed_server);
}
END_TEST

TEST(client_refused, FIRST_PAIR, orders_fail(set_up_client, NULL))
TEST(client_interrupted, FIRST_PAIR, orders_interrupt(play_client))
TEST(pair_orders, FIRST_PAIR, orders_hold(play_pair))
TEST(domain_server_refused, SECOND_PAIR, orders_fail(set_up_server, NULL))
TEST(domain_server_interrupted, SECOND_PAIR, orders_interrupt(play_waits))

/* The network says no. Who uses another call than this one is not asked. */
static void
refuse_domain_client(const char *call)
{
    orders_refuse(1, call, ENETUNREACH);
    struct half_view *client = set_up_client();
    settle(client);
    if (!half_was_ruled(client))
        return;
    expect_exit(client, 1);
    expect_said(client, strerror(ENETUNREACH), NULL);
}

START_TEST(domain_client_refused)
{
    choose(SECOND_PAIR);
    orders_fail(set_up_client, NULL);
    refuse_domain_client("connect(");
    refuse_domain_client("send(");
}
END_TEST

TEST(domain_client_interrupted, SECOND_PAIR, orders_interrupt(play_client))
TEST(domain_pair_orders, SECOND_PAIR, orders_hold(play_pair))

static const struct item items[] = {
    {4, "server", 3, "prints the messages of clients", &server_talks},
    {4, "server", 1, "has made its slot when it says ready", &server_ready},
    {3, "server", 3, "prints empty, full and binary messages", &server_odd},
    {2, "server", 3, "drops a message that is too long", &server_too_long},
    {2, "server", 3, "prints what several clients send at once",
        &server_several},
    {3, "server", 4, "gives up after TIMEOUT, and not before", &server_timeout},
    {3, "server", 2, "ends by COUNT and signals and removes its slot",
        &server_ends},
    {2, "server", 2, "works again after a crash anywhere", &server_killed},
    {2, "server", 2, "leaves the slot of a live server alone", &server_live},
    {2, "server", 2, "refuses a name that is something else", &server_refuses},
    {1, "server", 1, "fails when it cannot print or is misused",
        &server_errors},
    {2, "server", 3, "uses no memory that is not its own", &server_memory},
    {2, "server", 3, "waits without using the processor", &server_rests},
    {1, "server", 1, "says so when the system refuses a call", &server_refused},
    {1, "server", 4, "goes on when a call is interrupted", &server_interrupted},
    {4, "client", 6, "sends each line as a message", &client_talks},
    {3, "client", 6, "sends empty, full and binary lines", &client_odd},
    {3, "client", 5, "says so when there is no server", &client_no_server},
    {3, "client", 6, "loses nothing when the mailbox is full", &client_full},
    {2, "client", 6, "notices that the slot has gone", &client_vanished},
    {2, "client", 6, "refuses a line that is too long", &client_too_long},
    {1, "client", 6, "uses no memory that is not its own", &client_memory},
    {1, "client", 6, "waits without using the processor", &client_rests},
    {1, "client", 5, "says so when the system refuses a call", &client_refused},
    {1, "client", 6, "goes on when a call is interrupted", &client_interrupted},
    {2, "pair", 6, "talk to each other", &pair_works},
    {3, "pair", 6, "give the same answer in every order", &pair_orders},
    {4, "domain_server", 8, "prints the messages of clients",
        &domain_server_talks},
    {2, "domain_server", 7, "is bound to everybody's address when ready",
        &domain_server_ready},
    {3, "domain_server", 7, "shares the messages with other servers",
        &domain_server_shares},
    {3, "domain_server", 8, "drops what is for another name",
        &domain_server_others},
    {2, "domain_server", 8, "prints empty, full and binary messages",
        &domain_server_odd},
    {1, "domain_server", 8, "drops a message that is too long",
        &domain_server_too_long},
    {2, "domain_server", 9, "gives up after TIMEOUT, and not before",
        &domain_server_timeout},
    {1, "domain_server", 8, "ends by COUNT and by signals",
        &domain_server_ends},
    {1, "domain_server", 7, "fails when it cannot print or is misused",
        &domain_server_errors},
    {2, "domain_server", 8, "uses no memory that is not its own",
        &domain_server_memory},
    {1, "domain_server", 7, "says so when the system refuses a call",
        &domain_server_refused},
    {1, "domain_server", 9, "goes on when a call is interrupted",
        &domain_server_interrupted},
    {4, "domain_client", 11, "sends each line to all servers of the name",
        &domain_client_talks},
    {2, "domain_client", 10, "needs no server", &domain_client_alone},
    {1, "domain_client", 11, "sends empty, full and binary lines",
        &domain_client_odd},
    {2, "domain_client", 11, "refuses a line that is too long",
        &domain_client_too_long},
    {1, "domain_client", 11, "uses no memory that is not its own",
        &domain_client_memory},
    {1, "domain_client", 10, "says so when the system refuses a call",
        &domain_client_refused},
    {1, "domain_client", 11, "goes on when a call is interrupted",
        &domain_client_interrupted},
    {2, "pair", 11, "reach every server of a name", &domain_pair_works},
    {3, "pair", 11, "deliver every message in every order",
        &domain_pair_orders},
};

const struct lab lab_04_mailslot = {
    .name = "04-mailslot",
    .target = &target_posix,
    .programs = {"server", "client", "domain_server", "domain_client", NULL},
    .items = items,
    .nitems = sizeof items / sizeof items[0],
    .turn = TURN_PORTS,
    .mistakes = mistakes_04,
};
