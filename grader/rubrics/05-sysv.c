/*
 * 05-sysv.c - how lab 05 is marked
 *
 * System V objects stay where they are while everybody waits: what stands in
 * the queue, in the segment and in the semaphores is looked at there, and the
 * items put there what a client, a crash or a stranger might. To force an
 * order the other half is stopped, or a semaphore is held, so that nothing
 * depends on who is faster. The nonce goes in at one half only and comes out
 * of the other one.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "expect.h"
#include "explain.h"
#include "labs.h"
#include "mistakes.h"
#include "objects.h"
#include "orders.h"
#include "phrases.h"
#include "text.h"

/* ---- the server, with the reference client ---- */

START_TEST(server_answers)
{
    talk_by_queue(STUDENT, REFERENCE);
}
END_TEST

START_TEST(server_is_ready)
{
    struct half_view *server = begin_held("server");

    expect_made(server, SYSV_QUEUE);
    expect_key_file(server);
    half_release(server);
    expect_ready(server);
    expect_kept(server, SYSV_QUEUE);
}
END_TEST

START_TEST(server_second_run)
{
    int32_t ids[3];

    leave_behind(ids);
    struct half_view *server = begin_over("server");
    expect_leftovers_gone(server, ids);
    struct half_view *client = begin_client(REFERENCE, "client");
    half_send(client, nonce_line(0));
    expect_reply(client, 1, nonce(0));
}
END_TEST

static void
expect_refusals(const char *program)
{
    static const char *const counts[] = {"12x", "-1", "", "2147483648"};

    expect_refused(program, S_IFDIR | 0700, "", "NAME is a folder");
    expect_refused(program, S_IFIFO | 0600, "", "NAME is a FIFO");
    expect_refused(
        program, S_IFREG | 0600, "precious", "NAME is a file of 8 bytes");
    expect_refused(program, S_IFLNK, "elsewhere",
        "NAME is a symbolic link to an empty file");
    expect_usage(program, NULL, NULL);
    expect_usage(program, "not/a/name", NULL);
    for (int i = 0; i < 4; i++)
        expect_usage(program, name(), counts[i]);
    begin_run();
}

START_TEST(server_refuses)
{
    expect_refusals("server");
    begin_server(STUDENT, "server", NULL);
    struct half_view *client = begin_client(REFERENCE, "client");
    half_send(client, nonce_line(0));
    expect_reply(client, 1, nonce(0));
}
END_TEST

/* What nobody has fetched is in the queue at the end. */
START_TEST(server_cleans_up)
{
    struct half_view *server = begin_server(STUDENT, "server", "1");

    expect_object(server, SYSV_QUEUE);
    post_text_message(REQUEST, STRANGER, nonce(0));
    post_text_message(GOODBYE, STRANGER, "");
    expect_exit(server, 0);
    expect_removed(server);
    for (int number = SIGINT; number <= SIGTERM; number += SIGTERM - SIGINT) {
        server = begin_server(STUDENT, "server", NULL);
        expect_object(server, SYSV_QUEUE);
        post_text_message(REQUEST, STRANGER, nonce(0));
        post_text_message(GOODBYE, STRANGER, "");
        settle(server);
        expect_waiting(server, "for a signal: goodbyes end it only with COUNT");
        expect_end_by_signal(server, number);
        expect_removed(server);
    }
}
END_TEST

START_TEST(server_fails)
{
    const struct start full = {.flags = START_FULL};
    const struct start closed = {.flags = START_CLOSED};
    struct half_view *server = begin_server(STUDENT, "server", NULL);

    expect_object(server, SYSV_QUEUE);
    sysv_remove(name(), SYSV_QUEUE);
    note("the queue is removed");
    expect_exit(server, 1);
    expect_said(server, NULL);
    expect_removed(server);
    server = pair_start_as(&full, STUDENT, "server", name(), NULL);
    expect_write_error(server, "ready\n");
    expect_removed(server);
    begin_run();
    server = pair_start_as(&closed, STUDENT, "server", name(), NULL);
    note("nobody reads its standard output");
    expect_broken_pipe(server);
    expect_removed(server);
}
END_TEST

START_TEST(server_counts)
{
    struct half_view *server = begin_server(STUDENT, "server", "3");
    struct half_view *client = begin_client(REFERENCE, "client");

    half_send(client, nonce_line(0));
    expect_reply(client, 1, nonce(0));
    expect_settled(server);
    half_close(client);
    expect_exit(client, 0);
    expect_settled(server);
    expect_waiting(server, "for two more clients to say goodbye");
    note("then a GOODBYE with text in it");
    post_text_message(GOODBYE, STRANGER, nonce(1));
    expect_settled(server);
    expect_waiting(server, "for one more client to say goodbye");
    client = begin_client(REFERENCE, "client");
    half_send(client, nonce_line(2));
    expect_reply(client, 2, nonce(2));
    half_close(client);
    expect_exit(client, 0);
    expect_exit(server, 0);
}
END_TEST

START_TEST(server_sorts)
{
    struct half_view *server = begin_server(STUDENT, "server", "0");
    char message[LONGEST];

    expect_object(server, SYSV_QUEUE);
    note("a message of type 3, a reply to process C, then requests of "
         "processes A, B, A and 1");
    post_text_message(REPLY, STRANGER, nonce(3));
    post_text_message((long)REPLY + STRANGER + 2, STRANGER, nonce(3));
    post_text_message(REQUEST, STRANGER, nonce(0));
    post_text_message(REQUEST, STRANGER + 1, nonce(1));
    post_text_message(REQUEST, STRANGER, nonce(2));
    post_text_message(REQUEST, 1, nonce(4));
    settle(server);
    expect_waiting(server, "for more requests");
    expect_that(server,
        sysv_receive(
            name(), (long)REPLY + STRANGER + 2, message, sizeof message) != -1,
        "MQ15", "the server takes requests and goodbyes, and no replies",
        "it has taken the reply to process C");
    expect_that(server,
        sysv_receive(name(), REPLY, message, sizeof message) != -1, "",
        "the server takes requests (type 1) and goodbyes (type 2) only",
        "it has taken the message of type 3");
    expect_stored_reply(server, STRANGER + 1, 2, nonce(1));
    expect_stored_reply(server, STRANGER, 1, nonce(0));
    expect_stored_reply(server, STRANGER, 3, nonce(2));
    expect_stored_reply(server, 1, 4, nonce(4));
}
END_TEST

START_TEST(server_odd)
{
    talk_oddly_by_queue(CHECKED, REFERENCE);
}
END_TEST

/* Messages that no good client sends. */
static const struct {
    long type;
    int32_t pid;
    size_t size;
    const char *what;
} nonsense[] = {
    {REQUEST, STRANGER, 0, "a message of 0 bytes"},
    {REQUEST, STRANGER, 3, "a message of 3 bytes"},
    {REQUEST, 0, 10, "a request of process 0"},
    {REQUEST, -7, 10, "a request of process -7"},
    {GOODBYE, STRANGER, 2, "a goodbye of 2 bytes"},
    {GOODBYE, 0, 4, "a goodbye of process 0"},
    {REQUEST, STRANGER, LONG, "a message of 261 bytes"},
    {GOODBYE, STRANGER, LONG, "a goodbye, a message of 261 bytes"},
    {REQUEST, STRANGER, LONGEST, "a message of 8192 bytes"},
};

static void
expect_dropped(struct half_view *server, int i)
{
    const size_t since = noted();
    uint64_t said = half_state(server)->bytes[1];

    note(nonsense[i].what);
    post_message(nonsense[i].type, nonsense[i].pid, "", nonsense[i].size);
    expect_settled(server);
    expect_waiting(server, "for the next message");
    const struct census_sysv *queue = sysv_only(SYSV_QUEUE);
    uint32_t count = queue != NULL ? queue->count : 0;
    expect_that(server, count == 0,
        count > 0 && nonsense[i].size > LONG - 1 ? "MQ9" : "",
        "a message that makes no sense is taken out of the queue, and gets "
        "no reply",
        "%s", "a message is in the queue");
    expect_that(server, half_state(server)->bytes[1] > said, "",
        "a line on standard error for each message that makes no sense",
        "nothing");
    forget(since);
}

START_TEST(server_nonsense)
{
    struct half_view *server = begin_server(STUDENT, "server", "1");

    expect_object(server, SYSV_QUEUE);
    /* What a message that is too short leaves in the buffer makes sense. */
    post_text_message(REQUEST, STRANGER, nonce(1));
    settle(server);
    expect_stored_reply(server, STRANGER, 1, nonce(1));
    for (size_t i = 0; i < sizeof nonsense / sizeof nonsense[0]; i++)
        expect_dropped(server, (int)i);
    note("messages that make no sense, then a client");
    struct half_view *client = begin_client(REFERENCE, "client");
    half_send(client, nonce_line(0));
    expect_reply(client, 2, nonce(0));
    half_close(client);
    expect_exit(client, 0);
    expect_exit(server, 0);
}
END_TEST

/* Two requests lie in the queue, and room for no reply. */
START_TEST(server_no_room)
{
    struct half_view *server = begin_server(STUDENT, "server", NULL);
    char bytes[LONGEST];

    uint64_t limit = expect_object(server, SYSV_QUEUE).limit;
    half_stop(server);
    uint64_t said = half_state(server)->bytes[1];
    post_text_message(REQUEST, STRANGER, nonce(0));
    post_text_message(REQUEST, STRANGER, nonce(1));
    sysv_limit(name(), 1);
    half_go_on(server);
    note("two requests, and then no room in the queue");
    settle(server);
    expect_waiting(server, "for the next request");
    said = half_state(server)->bytes[1] - said;
    sysv_limit(name(), limit);
    settle(server);
    ssize_t late =
        sysv_receive(name(), (long)REPLY + STRANGER, bytes, sizeof bytes);
    expect_that(server, late == -1, "MQ7",
        "a server that never waits to send: the reply is dropped",
        "it has waited until there was room");
    expect_that(server, said > 0, "",
        "a line on standard error for a reply that is dropped", "nothing");
    note("then there is room again");
    struct half_view *client = begin_client(REFERENCE, "client");
    half_send(client, nonce_line(2));
    expect_reply(client, 3, nonce(2));
}
END_TEST

/* ---- the client, with the reference server ---- */

START_TEST(client_talks)
{
    talk_by_queue(REFERENCE, STUDENT);
}
END_TEST

/* The item answers in the server's place, and not as anybody expects. */
START_TEST(client_stores)
{
    struct {
        uint32_t serial;
        char text[32];
    } reply = {.serial = 1000 + (uint32_t)(nonce_number(9) % 1000)};
    struct half_view *server = begin_server(REFERENCE, "server", NULL);

    half_stop(server);
    note("the server is stopped");
    struct half_view *client = begin_client(STUDENT, "client");
    half_send(client, nonce_line(0));
    settle(client);
    expect_stored_request(client, nonce(0));
    snprintf(reply.text, sizeof reply.text, "%s", nonce(1));
    note("then a reply with another text");
    sysv_send(name(), (long)REPLY + half_state(client)->pid, &reply,
        MESSAGE_HEAD + strlen(reply.text));
    expect_reply(client, (int)reply.serial, nonce(1));
}
END_TEST

START_TEST(client_waits)
{
    struct half_view *server = begin_server(REFERENCE, "server", NULL);
    uint64_t limit = sysv_certain(SYSV_QUEUE)->limit;
    struct half_view *client = begin_client(STUDENT, "client");

    plant_replies();
    note("replies to others are in the queue");
    half_send(client, nonce_line(0));
    pair_wait(client, UNTIL_LINES, 1);
    expect_planted(client);
    expect_reply(client, 1, nonce(0));
    half_stop(server);
    sysv_limit(name(), 1);
    note("the server is stopped, and the queue full");
    half_send(client, nonce_line(1));
    expect_settled(client);
    expect_waiting(client, "for room in the queue");
    sysv_limit(name(), limit);
    expect_settled(client);
    expect_waiting(client, "for its reply");
    unsigned int lines = half_state(client)->lines;
    expect_that(client, lines == 1, "",
        "nothing is printed before the reply has come", "%u lines", lines - 1);
    half_go_on(server);
    expect_reply(client, 2, nonce(1));
}
END_TEST

START_TEST(client_says_goodbye)
{
    struct half_view *server = begin_server(REFERENCE, "server", "2");

    half_stop(server);
    struct half_view *client = begin_client(STUDENT, "client");
    half_close(client);
    expect_exit(client, 0);
    expect_stored_goodbye(client);
    half_go_on(server);
    settle(server); /* in msgrcv(): it is handed the request at once */
    note("then a line, and one of 257 bytes without '\\n'");
    client = begin_client(STUDENT, "client");
    send_too_long(client, TEXT_LIMIT);
    expect_reply(client, 1, nonce(1));
    expect_output(client, "");
    expect_exit(client, 1);
    expect_said(client, "2", "256", NULL);
    settle(server);
    expect_that(client, half_state(server)->has_ended, "BYE1",
        "the client says goodbye after a line that is too long, too",
        "server waits for one more goodbye");
}
END_TEST

static void
expect_no_servers(const char *program)
{
    expect_no_server(program, NULL);
    pair_make(name(), S_IFREG | 0600, "", 0);
    expect_no_server(program, name());
    pair_remove(name());
    expect_usage(program, NULL, NULL);
    expect_usage(program, "not/a/name", NULL);
    expect_usage(program, name(), name());
    begin_run();
}

START_TEST(client_no_server)
{
    expect_no_servers("client");
    begin_server(REFERENCE, "server", NULL);
    struct half_view *client = begin_client(STUDENT, "client");
    half_send(client, nonce_line(0));
    expect_reply(client, 1, nonce(0));
}
END_TEST

START_TEST(client_fails)
{
    const struct start full = {.flags = START_FULL};
    const struct start folder = {.flags = START_FOLDER};
    struct half_view *server = begin_server(REFERENCE, "server", NULL);
    struct half_view *client = begin_client(STUDENT, "client");
    struct half_view *printing =
        pair_start_as(&full, STUDENT, "client", name(), NULL);

    half_send(client, nonce_line(0));
    expect_reply(client, 1, nonce(0));
    settle(client);
    half_send(printing, nonce_line(1));
    expect_write_error(printing, "2: ");
    struct half_view *unheard = begin_client(STUDENT, "client");
    settle(unheard);
    hang_up(unheard);
    half_send(unheard, nonce_line(3));
    expect_broken_pipe(unheard);
    struct half_view *ready = begin_client(STUDENT, "client");
    half_send(ready, nonce_line(4));
    settle(ready);
    half_stop(server);
    half_send(client, nonce_line(2));
    settle(client);
    expect_waiting(client, "for its reply");
    sysv_remove(name(), SYSV_QUEUE);
    note("then the queue is removed");
    expect_exit(client, 1);
    expect_said(client, NULL);
    expect_output(client, "");
    half_close(ready);
    note("then the input of another client ends");
    expect_exit(ready, 1);
    expect_said(ready, NULL);
    pair_again(1);
    begin_server(REFERENCE, "server", NULL);
    expect_read_error(pair_start_as(&folder, STUDENT, "client", name(), NULL));
}
END_TEST

/* What the client makes of a reply without a whole serial is its own affair,
 * but it has no text to copy. */
START_TEST(client_odd)
{
    talk_oddly_by_queue(REFERENCE, CHECKED);
    half_stop(pair_half(0));
    begin_run();
    struct half_view *client = begin_client(CHECKED, "client");
    half_send(client, nonce_line(0));
    settle(client);
    note("the server is stopped, and a reply of 3 bytes comes");
    sysv_send(name(), (long)REPLY + half_state(client)->pid, "odd", 3);
    settle(client);
    expect_no_crash(client);
}
END_TEST

/* ---- both together ---- */

START_TEST(pair_talks)
{
    talk_by_queue(STUDENT, STUDENT);
}
END_TEST

/* Client i waits, and its request is the one that was sent last. */
static struct half_view *
start_waiting_client(int i, char *message, ssize_t *size)
{
    struct half_view *client = begin_client(STUDENT, "client");

    half_send(client, nonce_line(i));
    settle(client);
    *size = sysv_receive(name(), REQUEST, message, LONGEST);
    if (*size == -1)
        tell_mistakes(0);
    expect_that(client, *size > 0, "", "a message of type REQUEST in the queue",
        "there is none");
    return client;
}

START_TEST(pair_many_clients)
{
    static char messages[WAITING][LONGEST];
    struct half_view *client[WAITING];
    ssize_t sizes[WAITING];
    struct half_view *server = begin_server(STUDENT, "server", "3");

    plant_replies();
    half_stop(server);
    for (int i = 0; i < WAITING; i++)
        client[i] = start_waiting_client(i, messages[i], &sizes[i]);
    /* Whoever has waited longest is answered last. */
    for (int i = WAITING - 1; i >= 0; i--)
        sysv_send(name(), REQUEST, messages[i], (size_t)sizes[i]);
    half_go_on(server);
    note("three clients that wait are answered from the last to the first");
    for (int i = 0; i < WAITING; i++) {
        expect_reply(client[i], WAITING - i, nonce(i));
        half_close(client[i]);
        expect_exit(client[i], 0);
        settle(server); /* who ends too early does so before the next goodbye */
    }
    expect_exit(server, 0);
}
END_TEST

/* ---- the buffer's server, with the reference client ---- */

START_TEST(buffer_server_prints)
{
    talk_by_buffer(STUDENT, REFERENCE);
}
END_TEST

START_TEST(buffer_server_is_ready)
{
    struct half_view *server = begin_held("buffer_server");

    unsigned long long size = expect_made(server, SYSV_SEGMENT).bytes;
    expect_made(server, SYSV_SET);
    expect_counts(server, "SV2", "at first", at_rest, at_rest);
    expect_that(server, size >= sizeof(struct buffer), "",
        "a segment of 1032 bytes", "%llu bytes", size);
    expect_key_file(server);
    half_release(server);
    expect_ready(server);
    expect_kept(server, SYSV_SEGMENT);
    expect_kept(server, SYSV_SET);
}
END_TEST

START_TEST(buffer_server_second_run)
{
    int32_t ids[3];

    expect_refusals("buffer_server");
    leave_behind(ids);
    struct half_view *server = begin_over("buffer_server");
    expect_leftovers_gone(server, ids);
    struct half_view *client = begin_client(REFERENCE, "buffer_client");
    half_send(client, nonce_line(0));
    expect_line(server, nonce(0));
}
END_TEST

START_TEST(buffer_server_cleans_up)
{
    const struct start full = {.flags = START_FULL};
    struct half_view *server = begin_server(STUDENT, "buffer_server", "1");

    expect_object(server, SYSV_SEGMENT);
    put_slot(server, END_MARK, "");
    sysv_add(name(), FILLED, 1);
    expect_exit(server, 0);
    expect_removed(server);
    for (int number = SIGINT; number <= SIGTERM; number += SIGTERM - SIGINT) {
        server = begin_server(STUDENT, "buffer_server", NULL);
        expect_object(server, SYSV_SET);
        put_slot(server, END_MARK, "");
        sysv_add(name(), FILLED, 1);
        settle(server);
        expect_waiting(
            server, "for a signal: end marks end it only with COUNT");
        expect_end_by_signal(server, number);
        expect_removed(server);
    }
    server = begin_server(STUDENT, "buffer_server", NULL);
    sysv_remove(name(), SYSV_SET);
    note("the semaphores are removed");
    expect_exit(server, 1);
    expect_said(server, NULL);
    expect_removed(server);
    server = pair_start_as(&full, STUDENT, "buffer_server", name(), NULL);
    expect_write_error(server, "ready\n");
    expect_removed(server);
    begin_run();
    server = begin_server(STUDENT, "buffer_server", NULL);
    hang_up(server);
    put_slot_text(server, nonce(0));
    sysv_add(name(), FILLED, 1);
    expect_broken_pipe(server);
    expect_removed(server);
}
END_TEST

/* One post of FILLED, all slots, one of them with a length that cannot be;
 * then posts for what has been taken already. */
START_TEST(buffer_server_takes_all)
{
    struct half_view *server = begin_server(STUDENT, "buffer_server", "0");

    expect_object(server, SYSV_SEGMENT);
    expect_object(server, SYSV_SET);
    expect_patient_server(server, nonce(0));
    uint64_t said = half_state(server)->bytes[1];
    put_slot(server, SLOT_TEXT_LIMIT + 1, nonce(1));
    for (int i = 2; i < SLOTS; i++)
        put_slot_text(server, nonce(i));
    give_mutex();
    note("then there are eight slots, the second of length 125");
    expect_line(server, nonce(0));
    for (int i = 2; i < SLOTS; i++)
        expect_line(server, nonce(i));
    expect_settled(server);
    expect_that(server, half_state(server)->bytes[1] > said, "",
        "a line on standard error for the length that makes no sense",
        "nothing");
    expect_at_rest(server, "SV4");
    sysv_add(name(), FILLED, 2);
    note("then FILLED is posted for nothing");
    expect_settled(server);
    expect_waiting(server, "for the next slot");
    expect_at_rest(server, "SV4");
    half_signal(server, SIGSTOP);
    settle(server);
    half_signal(server, SIGCONT);
    note("stopped and continued");
    expect_settled(server);
    expect_waiting(server, "for the next slot");
    put_slot_text(server, nonce(SLOTS));
    sysv_add(name(), FILLED, 1);
    expect_line(server, nonce(SLOTS));
}
END_TEST

static void
note_death(int count)
{
    char text[40];

    snprintf(text, sizeof text, "killed before its semop() no. %d", count);
    note(text);
}

/* From now on; the half was started with START_LOGGED. */
static void
kill_at_semop(struct half_view *half, int count)
{
    const struct rule rule = {
        .verb = RULE_KILL, .nth = (uint32_t)count, .call = "semop("};

    half_rule(half, &rule);
}

/* The server dies at its count-th semop(), having found a line. */
static void
kill_server_at(int count)
{
    static const int low[SEMAPHORES] = {1, 0, 0};
    static const int high[SEMAPHORES] = {1, SLOTS, 1};
    pair_direct(START_LOGGED, -1, NULL);
    struct half_view *server = begin_held("buffer_server");

    expect_made(server, SYSV_SEGMENT);
    expect_made(server, SYSV_SET);
    expect_counts(server, "SV2", "at first", low, at_rest);
    put_slot_text(server, nonce(0));
    sysv_add(name(), FILLED, 1);
    kill_at_semop(server, count);
    half_release(server);
    settle(server);
    half_kill(server);
    note_death(count);
    expect_counts(
        server, mutex_counts() != -1 ? "SV5" : "", "after its end", low, high);
    sysv_remove(name(), SYSV_SEGMENT);
    sysv_remove(name(), SYSV_SET);
    pair_remove(name());
}

START_TEST(buffer_server_dies)
{
    const size_t since = noted();

    for (int count = 2; count <= 5; count++) {
        kill_server_at(count);
        forget(since);
    }
    struct half_view *server = begin_server(STUDENT, "buffer_server", NULL);
    expect_object(server, SYSV_SET);
    put_slot_text(server, nonce(1));
    sysv_add(name(), FILLED, 1);
    expect_line(server, nonce(1));
}
END_TEST

START_TEST(buffer_server_odd)
{
    talk_oddly_by_buffer(CHECKED, REFERENCE);
}
END_TEST

/* ---- the buffer's client, with the reference server ---- */

START_TEST(buffer_client_puts)
{
    talk_by_buffer(REFERENCE, STUDENT);
}
END_TEST

START_TEST(buffer_client_stores)
{
    static const int filled[SEMAPHORES] = {1, SLOTS - 2, 2};
    struct half_view *server = begin_server(REFERENCE, "buffer_server", NULL);

    half_stop(server);
    note("the server is stopped");
    struct half_view *client = begin_client(STUDENT, "buffer_client");
    for (int i = 0; i < 2; i++) {
        half_send(client, nonce_line(i));
        settle(client);
        expect_slot(client, (uint32_t)i + 1, nonce(i));
    }
    expect_counts(
        client, "SV4", "when two lines have been put", filled, filled);
    half_go_on(server);
    expect_line(server, nonce(0));
    expect_line(server, nonce(1));
    settle(server);
    expect_at_rest(client, "SV4");
}
END_TEST

/* Nobody takes what is put: the client waits for FREE, and has not MUTEX. */
START_TEST(buffer_client_waits_for_room)
{
    static const int full[SEMAPHORES] = {1, 0, SLOTS};
    struct half_view *server = begin_server(REFERENCE, "buffer_server", NULL);

    half_stop(server);
    note("the server is stopped");
    struct half_view *client = begin_client(STUDENT, "buffer_client");
    for (int i = 0; i < 2 * SLOTS; i++)
        half_send(client, nonce_line(i));
    expect_settled(client);
    expect_waiting(client, "for a free slot");
    expect_counts(client, "SV4", "when all slots are full", full, full);
    half_go_on(server);
    for (int i = 0; i < 2 * SLOTS; i++)
        expect_line(server, nonce(i));
    half_close(client);
    expect_exit(client, 0);
}
END_TEST

START_TEST(buffer_client_waits_for_mutex)
{
    struct half_view *server = begin_server(REFERENCE, "buffer_server", NULL);
    struct half_view *client = begin_client(STUDENT, "buffer_client");

    take_mutex(client);
    half_send(client, nonce_line(0));
    note("MUTEX is taken");
    expect_patient_clients(client, 0);
    expect_settled(client);
    expect_waiting(client, "for MUTEX");
    give_mutex();
    expect_line(server, nonce(0));
    settle(server);
    expect_at_rest(client, "SV4");
}
END_TEST

/* A client dies at its count-th semop() for a line, or after it: the line may
 * be lost, or the server's may print it later. */
static void
kill_client_at(enum side side, int count)
{
    static const int low[SEMAPHORES] = {1, 0, 0};
    static const int high[SEMAPHORES] = {1, SLOTS, 0};
    begin_run();
    pair_direct(START_LOGGED, -1, NULL);
    struct half_view *client = begin_client(side, "buffer_client");
    expect_waiting(client, "for a line");
    kill_at_semop(client, count);
    half_send(client, nonce_line(count));
    settle(client);
    half_kill(client);
    note_death(count);
    settle(client);
    if (side == STUDENT)
        expect_counts(client, mutex_counts() == 1 ? "SV4" : "SV5",
            "after its end", low, high);
}

START_TEST(buffer_client_dies)
{
    enum {
        DEATHS = 4,
        LAST = 9
    };
    const int low[SEMAPHORES] = {1, SLOTS - DEATHS, 0};
    const int high[SEMAPHORES] = {1, SLOTS, 0};
    struct half_view *server = begin_server(REFERENCE, "buffer_server", NULL);

    for (int count = 1; count <= DEATHS; count++)
        kill_client_at(STUDENT, count);
    struct half_view *client = begin_client(STUDENT, "buffer_client");
    half_send(client, nonce_line(LAST));
    half_close(client);
    expect_exit(client, 0);
    settle(server);
    for (int count = 1; count <= DEATHS; count++)
        skip_line(server, nonce_line(count));
    expect_line(server, nonce(LAST));
    settle(server);
    expect_counts(client, "SV4", "at the end", low, high);
}
END_TEST

START_TEST(buffer_client_ends)
{
    struct half_view *server = begin_server(REFERENCE, "buffer_server", "2");
    struct half_view *client = begin_client(STUDENT, "buffer_client");
    struct buffer buffer;

    half_stop(server);
    half_close(client);
    expect_exit(client, 0);
    fetch_buffer(client, &buffer);
    int is_mark = buffer.slots[0].length == END_MARK;
    expect_that(client, buffer.tail == 1 && is_mark, is_mark ? "" : "BYE2",
        "tail 1, and the end mark in the slot before it: length 4294967295",
        "tail %lu, and the length %lu", (unsigned long)buffer.tail,
        (unsigned long)buffer.slots[0].length);
    half_go_on(server);
    note("then a line, and one of 125 bytes without '\\n'");
    client = begin_client(STUDENT, "buffer_client");
    send_too_long(client, SLOT_TEXT_LIMIT);
    expect_exit(client, 1);
    expect_said(client, "2", "124", NULL);
    expect_line(server, nonce(1));
    settle(server);
    expect_that(client, half_state(server)->has_ended, "BYE2",
        "the client puts the end mark after a line that is too long, too",
        "buffer_server waits for one more end mark");
}
END_TEST

/* One of the two objects is missing, and its input has not ended. */
static void
expect_no_semaphores(void)
{
    begin_run();
    pair_make(name(), S_IFREG | 0600, "", 0);
    sysv_make(name(), SYSV_SEGMENT, sizeof(struct buffer));
    struct half_view *client = begin_client(STUDENT, "buffer_client");
    note("there are key file and segment, and no semaphores");
    settle(client);
    expect_that(client, sysv_only(SYSV_SET) == NULL, "MQ13",
        "a client makes nothing", "it has made a set of semaphores");
    expect_exit(client, 1);
    expect_said(client, NULL);
    sysv_remove(name(), SYSV_SEGMENT);
    pair_remove(name());
    begin_run();
}

START_TEST(buffer_client_no_server)
{
    const struct start folder = {.flags = START_FOLDER};

    expect_no_servers("buffer_client");
    expect_no_semaphores();
    struct half_view *server = begin_server(REFERENCE, "buffer_server", NULL);
    struct half_view *client = begin_client(STUDENT, "buffer_client");
    half_send(client, nonce_line(0));
    expect_line(server, nonce(0));
    expect_read_error(
        pair_start_as(&folder, STUDENT, "buffer_client", name(), NULL));
    settle(server);
    sysv_add(name(), FREE, -SLOTS);
    half_send(client, nonce_line(1));
    settle(client);
    sysv_remove(name(), SYSV_SET);
    half_send(client, nonce_line(2));
    note("then the semaphores are removed");
    expect_exit(client, 1);
    expect_said(client, NULL);
}
END_TEST

START_TEST(buffer_client_odd)
{
    talk_oddly_by_buffer(REFERENCE, CHECKED);
}
END_TEST

/* ---- both together ---- */

START_TEST(buffer_pair)
{
    char text[PRODUCERS][32];
    char *lines[PRODUCERS];
    struct half_view *client[PRODUCERS];
    struct half_view *server = begin_server(STUDENT, "buffer_server", "2");

    expect_object(server, SYSV_SEGMENT);
    expect_patient_server(server, nonce(0));
    put_slot_text(server, nonce(1)); /* and one wake-up that finds nothing */
    sysv_add(name(), FILLED, 1);
    for (int i = 0; i < PRODUCERS; i++) {
        snprintf(text[i], sizeof text[i], "%s", nonce_line(2 + i));
        lines[i] = text[i];
        client[i] = begin_client(STUDENT, "buffer_client");
        half_send(client[i], text[i]);
        expect_patient_clients(client[i], 2);
        expect_waiting(client[i], "for MUTEX");
    }
    give_mutex();
    note("then it is free");
    expect_line(server, nonce(0));
    expect_line(server, nonce(1));
    for (int i = 0; i < PRODUCERS; i++) {
        settle(server);
        half_close(client[i]);
        expect_exit(client[i], 0);
    }
    expect_exit(server, 0);
    expect_all_lines(server, lines, PRODUCERS);
}
END_TEST

/* ---- in every order, with every trouble ---- */

/* What two clients say at the same time: one line, and two. */
static char said[PRODUCERS][100];

/* Nobody waits for more than the server's "ready". */
static struct half_view *
start_pair(const char *program, const char *client_program,
    struct half_view *client[PRODUCERS])
{
    explain_lab = tell_mistakes;
    struct half_view *server = pair_start(STUDENT, program, name(), "2", NULL);
    expect_line(server, "ready");
    orders_pause(server);
    for (int i = 0; i < PRODUCERS; i++) {
        client[i] = begin_client(STUDENT, client_program);
        said[i][0] = '\0';
        for (int n = i; n < 2 * i + 1; n++) {
            text_add(said[i], sizeof said[i], "%s", nonce_line(n));
            half_send(client[i], nonce_line(n));
            orders_pause(server);
        }
    }
    settle(server); /* now whoever is held goes on: several may be waiting */
    for (int i = 0; i < PRODUCERS; i++) {
        half_close(client[i]);
        orders_pause(server);
    }
    return server;
}

static void
play_queue_pair(void)
{
    struct half_view *client[PRODUCERS];
    char is_given[3 + 1] = "";
    struct half_view *server = start_pair("server", "client", client);

    for (int i = 0; i < PRODUCERS; i++)
        expect_replies(client[i], said[i], 3, is_given);
    expect_output(server, "");
    expect_exit(server, 0);
    expect_removed(server);
}

static void
play_buffer_pair(void)
{
    struct half_view *client[PRODUCERS];
    char *lines[PRODUCERS] = {said[0], said[1]};
    struct half_view *server =
        start_pair("buffer_server", "buffer_client", client);

    for (int i = 0; i < PRODUCERS; i++)
        expect_exit(client[i], 0);
    expect_exit(server, 0);
    expect_all_lines(server, lines, PRODUCERS);
    expect_removed(server);
}

static void
play_server(void)
{
    talk_by_queue(STUDENT, REFERENCE);
}

static void
play_client(void)
{
    talk_by_queue(REFERENCE, STUDENT);
}

/* Two lines of one producer. */
static void
talk_shortly(enum side server_side, enum side client_side)
{
    struct half_view *server = begin_server(server_side, "buffer_server", "1");
    struct half_view *client = begin_client(client_side, "buffer_client");

    for (int i = 0; i < 2; i++) {
        half_send(client, nonce_line(i));
        expect_line(server, nonce(i));
    }
    settle(server);
    expect_at_rest(server_side == REFERENCE ? client : server, "");
    half_close(client);
    expect_exit(client, 0);
    expect_output(server, "");
    expect_exit(server, 0);
}

static void
play_buffer_server(void)
{
    talk_shortly(STUDENT, REFERENCE);
}

static void
play_buffer_client(void)
{
    talk_shortly(REFERENCE, STUDENT);
}

static struct half_view *
set_up_server(void)
{
    explain_lab = tell_mistakes;
    return pair_start(STUDENT, "server", name(), NULL);
}

static struct half_view *
set_up_buffer_server(void)
{
    explain_lab = tell_mistakes;
    return pair_start(STUDENT, "buffer_server", name(), NULL);
}

/* The client sends a line: to send takes memory, too. */
static struct half_view *
set_up_client(void)
{
    begin_server(REFERENCE, "server", NULL);
    struct half_view *client = begin_client(STUDENT, "client");
    half_send(client, nonce_line(0));
    return client;
}

static struct half_view *
set_up_buffer_client(void)
{
    begin_server(REFERENCE, "buffer_server", NULL);
    struct half_view *client = begin_client(STUDENT, "buffer_client");
    half_send(client, nonce_line(0));
    return client;
}

/* The server alone: a stranger asks, and says goodbye. */
static void
serve_stranger(void)
{
    struct half_view *server = begin_server(STUDENT, "server", "1");

    post_text_message(REQUEST, STRANGER, nonce(0));
    settle(server);
    expect_stored_reply(server, STRANGER, 1, nonce(0));
    post_text_message(GOODBYE, STRANGER, "");
    expect_exit(server, 0);
    expect_removed(server);
}

static void
take_from_stranger(void)
{
    struct half_view *server = begin_server(STUDENT, "buffer_server", "1");

    put_slot_text(server, nonce(0));
    put_slot(server, END_MARK, "");
    sysv_add(name(), FILLED, 2);
    expect_output(server, nonce_line(0));
    expect_exit(server, 0);
    expect_removed(server);
}

/* The server dies, before it is ready or at its end; whatever it has left, the
 * next one works. */
static void
begin_over_killed_server(void)
{
    settle(pair_start(STUDENT, "server", name(), "1", NULL));
    post_text_message(GOODBYE, STRANGER, "");
    settle(pair_half(0));
    orders_begin_over();
    serve_stranger();
}

static void
begin_over_killed_buffer_server(void)
{
    struct half_view *server =
        pair_start(STUDENT, "buffer_server", name(), "1", NULL);

    settle(server);
    if (!half_state(server)->has_ended) {
        put_slot(server, END_MARK, "");
        sysv_add(name(), FILLED, 1);
        settle(server);
    }
    orders_begin_over();
    take_from_stranger();
}

START_TEST(server_refused)
{
    orders_fail(set_up_server, NULL);
}
END_TEST

START_TEST(server_interrupted)
{
    orders_interrupt(play_server);
}
END_TEST

START_TEST(server_killed)
{
    orders_kill(serve_stranger, 0, CALL_NAMES, begin_over_killed_server);
}
END_TEST

/* Clients die before they ask, before they take the reply, and after it; then
 * one comes that does not. */
START_TEST(server_outlives)
{
    static const char *const calls[] = {"msgsnd", "msgrcv", "write"};
    struct rule rule = {.verb = RULE_KILL, .nth = 1};
    char text[40];
    struct half_view *server = begin_server(STUDENT, "server", "1");
    struct half_view *client;

    pair_direct(START_LOGGED, -1, NULL);
    for (int i = 0; i < 3; i++) {
        client = begin_client(REFERENCE, "client");
        snprintf(rule.call, sizeof rule.call, "%s(", calls[i]);
        half_rule(client, &rule);
        half_send(client, nonce_line(i));
        settle(server);
        snprintf(text, sizeof text, "killed before its %s()", calls[i]);
        note(text);
    }
    client = begin_client(REFERENCE, "client");
    half_send(client, nonce_line(3));
    expect_reply(client, 3, nonce(3));
    half_close(client);
    expect_exit(client, 0);
    expect_exit(server, 0);
    expect_removed(server);
}
END_TEST

START_TEST(client_refused)
{
    orders_fail(set_up_client, NULL);
}
END_TEST

START_TEST(client_interrupted)
{
    orders_interrupt(play_client);
}
END_TEST

START_TEST(pair_orders)
{
    orders_hold(play_queue_pair);
}
END_TEST

START_TEST(buffer_server_refused)
{
    orders_fail(set_up_buffer_server, NULL);
}
END_TEST

START_TEST(buffer_server_interrupted)
{
    orders_interrupt(play_buffer_server);
}
END_TEST

START_TEST(buffer_server_killed)
{
    orders_kill(
        take_from_stranger, 0, CALL_NAMES, begin_over_killed_buffer_server);
}
END_TEST

START_TEST(buffer_server_outlives)
{
    enum {
        DEATHS = 3,
        LAST = 9
    };
    struct half_view *server = begin_server(STUDENT, "buffer_server", "1");

    for (int count = 1; count <= DEATHS; count++)
        kill_client_at(REFERENCE, count);
    struct half_view *client = begin_client(REFERENCE, "buffer_client");
    half_send(client, nonce_line(LAST));
    settle(server); /* the end mark comes when the server waits for it */
    half_close(client);
    settle(server);
    for (int count = 1; count <= DEATHS; count++)
        skip_line(server, nonce_line(count));
    expect_output(server, nonce_line(LAST));
    expect_exit(server, 0);
    expect_exit(client, 0);
}
END_TEST

START_TEST(buffer_client_refused)
{
    orders_fail(set_up_buffer_client, NULL);
}
END_TEST

START_TEST(buffer_client_interrupted)
{
    orders_interrupt(play_buffer_client);
}
END_TEST

START_TEST(buffer_pair_orders)
{
    orders_hold(play_buffer_pair);
}
END_TEST

static const struct item items[] = {
    {5, "server", 5, "answers the requests of a client", &server_answers},
    {3, "server", 2, "has made key file and queue when it says ready",
        &server_is_ready},
    {2, "server", 2, "replaces what a crashed run has left",
        &server_second_run},
    {3, "server", 1, "refuses wrong names and arguments", &server_refuses},
    {3, "server", 3, "removes what it has made at every end",
        &server_cleans_up},
    {2, "server", 3, "fails when it cannot go on, and cleans up",
        &server_fails},
    {2, "server", 4, "waits quietly until COUNT clients said goodbye",
        &server_counts},
    {3, "server", 5, "sends each reply to the client that has asked",
        &server_sorts},
    {2, "server", 5, "answers any text and keeps to its own memory",
        &server_odd},
    {3, "server", 4, "drops messages that make no sense", &server_nonsense},
    {3, "server", 5, "never waits for room in the queue", &server_no_room},
    {1, "server", 3, "says so when the system refuses a call", &server_refused},
    {1, "server", 5, "goes on when a call is interrupted", &server_interrupted},
    {1, "server", 3, "works again after a crash anywhere", &server_killed},
    {1, "server", 5, "goes on when a client is killed anywhere",
        &server_outlives},
    {5, "client", 7, "prints the replies to its lines", &client_talks},
    {2, "client", 7, "sends requests as the protocol says", &client_stores},
    {2, "client", 7, "waits quietly for room and for its own reply",
        &client_waits},
    {3, "client", 8, "says goodbye, after a line too long as well",
        &client_says_goodbye},
    {2, "client", 6, "says so when there is no server", &client_no_server},
    {2, "client", 7, "fails when it cannot go on", &client_fails},
    {2, "client", 7, "prints any text and keeps to its own memory",
        &client_odd},
    {1, "client", 7, "says so when the system refuses a call", &client_refused},
    {1, "client", 7, "goes on when a call is interrupted", &client_interrupted},
    {1, "pair", 8, "talk to each other through the queue", &pair_talks},
    {1, "pair", 8, "never cross the replies of several clients",
        &pair_many_clients},
    {3, "pair", 8, "give the same answer in every order", &pair_orders},
    {3, "buffer_server", 12, "prints the lines of its producers",
        &buffer_server_prints},
    {2, "buffer_server", 9, "has made its objects when it says ready",
        &buffer_server_is_ready},
    {2, "buffer_server", 9, "replaces leftovers and refuses anything else",
        &buffer_server_second_run},
    {2, "buffer_server", 10, "removes what it has made at every end",
        &buffer_server_cleans_up},
    {2, "buffer_server", 11, "takes every slot, and only with the mutex",
        &buffer_server_takes_all},
    {1, "buffer_server", 11, "gives the mutex back when it is killed",
        &buffer_server_dies},
    {2, "buffer_server", 12, "prints any text and keeps to its own memory",
        &buffer_server_odd},
    {1, "buffer_server", 10, "says so when the system refuses a call",
        &buffer_server_refused},
    {1, "buffer_server", 11, "goes on when a call is interrupted",
        &buffer_server_interrupted},
    {1, "buffer_server", 10, "works again after a crash anywhere",
        &buffer_server_killed},
    {1, "buffer_server", 12, "goes on when a producer is killed anywhere",
        &buffer_server_outlives},
    {3, "buffer_client", 14, "puts lines that the server prints",
        &buffer_client_puts},
    {1, "buffer_client", 14, "stores slots and counts as the protocol says",
        &buffer_client_stores},
    {3, "buffer_client", 14, "waits for a free slot without the mutex",
        &buffer_client_waits_for_room},
    {2, "buffer_client", 14, "touches the buffer only with the mutex",
        &buffer_client_waits_for_mutex},
    {3, "buffer_client", 14, "harms nobody when it is killed anywhere",
        &buffer_client_dies},
    {2, "buffer_client", 15, "puts the end mark, after a line too long, too",
        &buffer_client_ends},
    {1, "buffer_client", 13, "says so when there is no server",
        &buffer_client_no_server},
    {1, "buffer_client", 14, "puts any text and keeps to its own memory",
        &buffer_client_odd},
    {1, "buffer_client", 14, "says so when the system refuses a call",
        &buffer_client_refused},
    {1, "buffer_client", 14, "goes on when a call is interrupted",
        &buffer_client_interrupted},
    {1, "pair", 15, "wait for each other at the mutex", &buffer_pair},
    {3, "pair", 15, "print every line in every order", &buffer_pair_orders},
};

const struct lab lab_05_sysv = {
    .name = "05-sysv",
    .target = &target_posix,
    .programs = {"server", "client", "buffer_server", "buffer_client", NULL},
    .items = items,
    .nitems = sizeof items / sizeof items[0],
    .turn = TURN_KEYS,
    .mistakes = mistakes_05,
};
