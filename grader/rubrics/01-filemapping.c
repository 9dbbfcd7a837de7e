/*
 * 01-filemapping.c - how lab 01 is marked
 *
 * The nonce is given to the server only, so it comes out of the client only
 * through the board; that the board is a mapping of the same file in both is
 * seen in /proc/PID/maps while both sit still. Whoever does not wait for his
 * turn is found out every time: while lines are sent the client is stopped,
 * and before the first line the board holds a text that nobody may print.
 */
#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "boards.h"
#include "expect.h"
#include "explain.h"
#include "labs.h"
#include "mistakes.h"
#include "orders.h"
#include "pattern.h"
#include "phrases.h"
#include "text.h"

/* The file of a semaphore: glibc keeps it in /dev/shm. */
static const struct census_file *
find_semaphore(const char *suffix)
{
    char file[96];

    snprintf(file, sizeof file, "sem.%s.%s", name(), suffix);
    return census_find("shm", file);
}

/* "1", or "nothing: it is gone". */
static const char *
count_of(const char *suffix)
{
    static char texts[2][32];
    char *text = texts[strcmp(suffix, "full") == 0];
    const struct census_file *file = find_semaphore(suffix);

    if (file == NULL)
        return "nothing: it is gone";
    snprintf(text, sizeof texts[0], "%d", file->value);
    return text;
}

static int
counts(const char *suffix, int value)
{
    const struct census_file *file = find_semaphore(suffix);

    return file != NULL && file->value == value;
}

/* As sem_post(): 0, or -1 if there is no such semaphore. */
static int
post(const char *suffix)
{
    char semaphore[96];

    snprintf(semaphore, sizeof semaphore, "/%s.%s", name(), suffix);
    return pair_post(semaphore);
}

static void
tell_short_file(void)
{
    const struct census_file *file = census_find("work", name());
    char sentence[80];

    if (file == NULL || !S_ISREG(file->mode) ||
        file->size >= (int64_t)sizeof(struct board))
        return;
    snprintf(sentence, sizeof sentence,
        "the file is %lld bytes long, and a board takes %zu",
        (long long)file->size, sizeof(struct board));
    explain_id("FM1", sentence);
}

static void
tell_empty_board(struct half_view *client)
{
    static const struct board empty;
    static struct board board;

    if (half_state(client)->lines > 0 &&
        pair_read(name(), (char *)&board, sizeof board) == sizeof board &&
        memcmp(&board, &empty, sizeof board) == 0)
        explain_id("", "NAME.full was posted, but nothing at all is stored on "
                       "the board in the file");
}

/* Waits the client for a board that will never come? */
static void
tell_waiting_client(struct half_view *server, struct half_view *client)
{
    struct board board;
    char sentence[120];

    if (pair_read(name(), (char *)&board, sizeof board) != sizeof board)
        return;
    if (half_state(server)->has_ended &&
        !explain_is_crash(half_state(server)->status) && board.serial > 0 &&
        board.length != BOARD_END)
        explain_id(
            "END1", "server has ended, and client waits for one more board");
    /* The reference prints a line for each board that it takes. */
    if (client->side != REFERENCE || !counts("full", 0) ||
        board.serial <= half_state(client)->lines)
        return;
    snprintf(sentence, sizeof sentence,
        "board %lu is in the file, but NAME.full counts 0: server has not "
        "posted it",
        (unsigned long)board.serial);
    explain_id("SEM1", sentence);
}

/* The C library itself refuses an odd offset, and nothing else. */
static void
tell_offset(struct half_view *half)
{
    const struct call_entry *calls;
    char file[96] = "mmap(";
    size_t size;
    size_t n = half_calls(half, &calls);
    int is_called = n == 0;

    text_quote(file, sizeof file, name(), strlen(name()));
    for (size_t i = 0; i < n; i++)
        is_called |= strncmp(calls[i].what, file, strlen(file)) == 0;
    const char *said = half_output(half, 2, &size);
    if (!is_called && strstr(said, "mmap") != NULL &&
        strstr(said, strerror(EINVAL)) != NULL)
        explain_id("FM16", "");
}

/* A mmap() that was bound to fail, if the calls of the half were noted. */
static void
tell_mapping(struct half_view *half)
{
    static const struct {
        const char *words; /* of calls.c */
        const char *id;
    } troubles[] = {
        {" of what is open for writing only", "FM10"},
        {" for writing of what is open for reading only", "FM10"},
        {" of a closed descriptor", "FM10"},
    };
    const struct call_entry *calls;
    char sentence[200];
    size_t n = half_calls(half, &calls);

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < sizeof troubles / sizeof troubles[0]; k++)
            if (strncmp(calls[i].what, "mmap(", 5) == 0 &&
                strstr(calls[i].what, troubles[k].words) != NULL) {
                snprintf(sentence, sizeof sentence, "%s calls %s", half->name,
                    calls[i].what);
                explain_id(troubles[k].id, sentence);
                return;
            }
}

/* What the lab knows about the halves when an item is being lost. */
void
tell_board_posix(int is_stuck)
{
    struct half_view *server = NULL;
    struct half_view *client = NULL;
    struct half_view *half;

    for (int i = 0; (half = pair_half(i)) != NULL; i++) {
        *(strcmp(half->name, "server") == 0 ? &server : &client) = half;
        if (half->side == REFERENCE)
            continue;
        tell_mapping(half);
        tell_offset(half);
    }
    if (server == NULL || server->side == REFERENCE)
        return;
    tell_short_file();
    if (client != NULL && client->side == REFERENCE)
        tell_empty_board(client);
    if (is_stuck && client != NULL && !half_state(client)->has_ended)
        tell_waiting_client(server, client);
}

/* The half, whose calls are watched, is to stop at its next sem_post(): the
 * semaphore counts already, and the one who sleeps has not been woken yet. It
 * is a call only if somebody sleeps. */
static void
stop_at_post(struct half_view *half)
{
    const struct rule rule = {
        .verb = RULE_STOP, .nth = 1, .call = "sem_post()"};
    char words[120];

    snprintf(words, sizeof words, "%s is stopped in its next sem_post()",
        half->name);
    note(words);
    half_rule(half, &rule);
}

static void
go_on(struct half_view *half)
{
    const struct rule none = {.verb = RULE_NONE};

    half_rule(half, &none);
}

/* Line n is sent, and the server stops in its sem_post(): the client sleeps.
 * What is stored behind the post comes too late. */
static void
expect_server_posts_last(struct half_view *server, int n)
{
    static struct board early;
    static struct board late;
    char got[300] = "";

    stop_at_post(server);
    half_send(server, nonce_line(n));
    settle(server);
    pair_read(name(), (char *)&early, sizeof early);
    int is_stopped = half_was_ruled(server);
    go_on(server);
    settle(server);
    pair_read(name(), (char *)&late, sizeof late);
    if (!is_stopped || !board_shows(&late, nonce(n)))
        return; /* it is about something else */
    text_quote(got, sizeof got, early.text, strlen(nonce(n)));
    expect_that(server, memcmp(&early, &late, sizeof early) == 0, "FM8",
        "when server posts NAME.full, all of the line is on the board",
        "then there is: serial %lu, length %lu, text %s",
        (unsigned long)early.serial, (unsigned long)early.length, got);
}

/* Lines n and n + 1 are sent, and the client stops in the sem_post() with which
 * it gives line n back: the server sleeps. The board is changed there: it is
 * not the client's any more, and who still looks will see it. */
static void
expect_client_posts_last(
    struct half_view *server, struct half_view *client, int n)
{
    char lines[100] = "";
    size_t size;

    text_add(lines, sizeof lines, "%s", nonce_line(n));
    text_add(lines, sizeof lines, "%s", nonce_line(n + 1));
    uint32_t before = half_state(client)->lines;
    stop_at_post(client);
    send_unread(server, client, lines, strlen(lines), 0);
    settle(client);
    int is_stopped =
        half_was_ruled(client) && half_state(client)->lines == before;
    if (is_stopped) {
        note("another text is put on the board");
        plant_board();
    }
    go_on(client);
    settle(client);
    const char *printed = half_output(client, 1, &size);
    int is_late = strstr(printed, nonce(n)) == NULL &&
                  (strstr(printed, nonce(PLANTED)) != NULL ||
                      strstr(printed, nonce(n + 1)) != NULL);
    expect_that(client, !is_stopped || !is_late, "FM8",
        "when client posts NAME.empty, it has printed the line, or copied it",
        "it prints what came on the board after that");
}

/* ---- the server, with the reference client ---- */

START_TEST(server_talks)
{
    talk_by_board(STUDENT, REFERENCE);
}
END_TEST

/* What a client needs and is not there (yet); NULL if all is there. */
static const char *
find_missing(void)
{
    const struct census_file *file = census_find("work", name());

    if (file == NULL || !S_ISREG(file->mode))
        return "file NAME";
    return find_semaphore("full") == NULL    ? "semaphore NAME.full"
           : find_semaphore("empty") == NULL ? "semaphore NAME.empty"
                                             : NULL;
}

static void
expect_all_made(struct half_view *server)
{
    const char *missing = find_missing();

    if (missing == NULL)
        return;
    half_release(server); /* does it come after "ready", or never? */
    settle(server);
    expect_that(server, 0, find_missing() == NULL ? "RDY1" : "",
        "the file and both semaphores exist before \"ready\" is printed",
        "there is no %s", missing);
}

static void
expect_new_semaphore(struct half_view *server, const char *suffix, int value)
{
    const struct census_file *semaphore = find_semaphore(suffix);

    expect_that(server, semaphore->value == value, "",
        "NAME.full counts 0 at first and NAME.empty counts 1",
        "NAME.%s counts %d", suffix, semaphore->value);
    expect_that(server, (semaphore->mode & 07777) == 0600, "MODE1",
        "the semaphores have mode 0600, whatever the umask",
        "NAME.%s has mode %04o", suffix, (unsigned int)semaphore->mode & 07777);
}

START_TEST(server_is_ready)
{
    /* Its "ready" finds a full pipe: it sits in write() with all done. */
    const struct start held = {.flags = START_HOLD | START_UMASK};
    struct half_view *server =
        pair_start_as(&held, STUDENT, "server", name(), NULL);

    note("umask 0777");
    expect_waiting(server, "for somebody to read its \"ready\"");
    expect_all_made(server);
    const struct census_file *file = census_find("work", name());
    long long size = file->size;
    expect_that(server, (file->mode & 07777) == 0600, "MODE1",
        "the file has mode 0600, whatever the umask", "mode %04o",
        (unsigned int)file->mode & 07777);
    expect_that(server, size == sizeof(struct board),
        size < (long long)sizeof(struct board) ? "FM1" : "",
        "the file is one board long: 4096 bytes", "%lld bytes", size);
    expect_new_semaphore(server, "full", 0);
    expect_new_semaphore(server, "empty", 1);
    half_release(server);
    expect_ready(server);
}
END_TEST

START_TEST(server_stores)
{
    static struct board board;

    pair_direct(START_LOGGED, 0, NULL);
    struct half_view *server = start_board_server(STUDENT);
    struct half_view *client = start_board_client(REFERENCE);

    pass_first_line(server, client);
    expect_mapped(server, name(), sizeof(struct board), "rw-s");
    read_board(server, &board);
    expect_that(server, board.length == strlen(nonce(0)), "",
        "the length of the text, without '\\n'", "length %lu",
        (unsigned long)board.length);
    expect_that(server, memcmp(board.text, nonce(0), board.length) == 0, "",
        "the text in the file", "another text");
    expect_serial(server, 1);
    expect_server_posts_last(server, 1);
    expect_serial(server, 2);
}
END_TEST

START_TEST(server_waits_its_turn)
{
    struct half_view *server = start_board_server(STUDENT);

    half_send(server, nonce_line(0));
    half_send(server, nonce_line(1));
    settle(server);
    expect_on_board(server, 0);
    expect_that(server, counts("full", 1), "",
        "NAME.full counts 1 while a board is there", "NAME.full counts %s",
        count_of("full"));
    struct half_view *client = start_board_client(REFERENCE);
    settle(client);
    expect_board_mapped(server);
    half_signal(client, SIGSTOP);
    half_send(server, nonce_line(2));
    half_close(server);
    settle(server);
    expect_on_board(server, 2);
}
END_TEST

START_TEST(server_many)
{
    pass_many_lines(STUDENT, REFERENCE);
}
END_TEST

START_TEST(server_odd)
{
    pass_odd_lines(STUDENT, REFERENCE);
}
END_TEST

START_TEST(server_no_lines)
{
    struct half_view *server = start_board_server(STUDENT);

    expect_board_mapped(server);
    half_close(server);
    expect_waiting(server, "until a client has taken the end");
    struct half_view *client = start_board_client(REFERENCE);
    expect_output(client, "");
    expect_exit(client, 0);
    expect_exit(server, 0);
}
END_TEST

START_TEST(server_too_long)
{
    pass_too_long(STUDENT, REFERENCE);
}
END_TEST

START_TEST(server_second_run)
{
    static struct board board;
    const uint32_t old_serial = 77;

    /* The first server dies with a board that nobody has taken. */
    struct half_view *crashed = start_board_server(STUDENT);

    half_send(crashed, nonce_line(2));
    settle(crashed);
    half_kill(crashed);
    note("killed, then again");
    pair_patch(name(), 2 * sizeof(struct board), "leftover", 8);
    pair_patch(name(), offsetof(struct board, serial),
        (const char *)&old_serial, sizeof old_serial);
    struct half_view *server = start_board_server(STUDENT);
    const struct census_file *file = census_find("work", name());
    expect_that(server, file != NULL && file->size == sizeof(struct board), "",
        "a leftover file is made exactly one board long", "%lld bytes",
        file != NULL ? (long long)file->size : -1LL);
    expect_that(server, counts("full", 0), counts("full", 1) ? "SEM3" : "",
        "new semaphores: NAME.full counts 0 again", "NAME.full counts %s",
        count_of("full"));
    struct half_view *client = start_board_client(REFERENCE);
    pass_first_line(server, client);
    read_board(server, &board);
    expect_that(server, board.serial != old_serial + 1, "",
        "the serial begins with 1 again", "serial %lu: it goes on",
        (unsigned long)board.serial);
    send_unread(server, client, "", 0, 1);
    expect_exit(client, 0);
    expect_exit(server, 0);
}
END_TEST

START_TEST(server_refuses)
{
    struct half_view *server;

    pair_make(name(), S_IFDIR | 0700, NULL, 0);
    note("NAME is a folder");
    server = pair_start(STUDENT, "server", name(), NULL);
    expect_exit(server, 1);
    expect_said(server, name(), NULL);
    expect_output(server, "");
    expect_left(server, name(), NULL);
    const struct census_file *file = census_find("work", name());
    expect_that(server, file != NULL && S_ISDIR(file->mode), "",
        "the folder is left alone", "it is gone");
    expect_exit(pair_start(STUDENT, "server", NULL), 2);
    expect_exit(pair_start(STUDENT, "server", "not/a/name", NULL), 2);
    pair_remove(name()); /* and takes the name once it is free */
    note("NAME is free");
    server = start_board_server(STUDENT);
    expect_board_mapped(server);
}
END_TEST

START_TEST(server_cleans_up)
{
    char text[64] = "";
    struct half_view *server = start_board_server(STUDENT);
    struct half_view *client = start_board_client(REFERENCE);

    pass_first_line(server, client);
    send_unread(server, client, "", 0, 1);
    expect_exit(client, 0);
    expect_exit(server, 0);
    expect_left(server, name(), NULL);
    ssize_t n = pair_read(name(), text, sizeof text);
    size_t offset = offsetof(struct board, text);
    size_t length = strlen(nonce(0));
    expect_that(server,
        n == sizeof text && memcmp(text + offset, nonce(0), length) == 0, "",
        "the file stays, its text begins with the last line", "%s",
        n < 0 ? "no file" : "another text");
}
END_TEST

START_TEST(server_cannot_print)
{
    const struct start full = {.flags = START_FULL};
    const struct start closed = {.flags = START_CLOSED};
    struct half_view *server =
        pair_start_as(&full, STUDENT, "server", name(), NULL);

    expect_write_error(server, "ready\n");
    expect_left(server, name(), NULL);
    server = pair_start_as(&closed, STUDENT, "server", name(), NULL);
    expect_pipe_error(server);
    expect_left(server, name(), NULL);
    server = start_board_server(STUDENT); /* it works where it can print */
    expect_board_mapped(server);
}
END_TEST

START_TEST(server_memory)
{
    static char lines[ODD_SIZE];
    struct half_view *server = start_board_server(CHECKED);
    struct half_view *client = start_board_client(REFERENCE);

    fill_odd_boards(lines);
    pass_first_line(server, client);
    send_unread(server, client, lines, ODD_SIZE, 0);
    settle(client);
    send_too_long_board(server, client);
    settle(server);
    expect_no_crash(server);
}
END_TEST

START_TEST(server_rests)
{
    struct half_view *server = start_board_server(STUDENT);
    struct half_view *client = start_board_client(REFERENCE);

    pass_first_line(server, client);
    expect_settled(server);
    half_kill(client);
    half_send(server, nonce_line(1));
    half_send(server, nonce_line(2));
    expect_settled(server);
}
END_TEST

/* ---- the client, with the reference server ---- */

START_TEST(client_talks)
{
    talk_by_board(REFERENCE, STUDENT);
}
END_TEST

START_TEST(client_maps)
{
    start_board_server(REFERENCE);
    struct half_view *client = start_board_client(STUDENT);

    await_board_client(client);
    expect_mapped(client, name(), sizeof(struct board), "r--s");
}
END_TEST

/* The client has ended, or waits for a server that will never come. */
static void
expect_refusal(struct half_view *client, const char *left)
{
    settle(client);
    expect_that(client,
        find_semaphore("full") == NULL && find_semaphore("empty") == NULL,
        "SEM4", "the client creates no semaphores", "it has created one");
    expect_exit(client, 1);
    expect_said(client, NULL);
    expect_left(client, left, NULL);
}

START_TEST(client_no_server)
{
    expect_refusal(start_board_client(STUDENT), NULL);
    /* A finished server has left the file, but no semaphores. */
    pair_make(name(), S_IFREG | 0600, NULL, 0);
    pair_patch(name(), sizeof(struct board) - 1, "", 1);
    note("there is a file, but no semaphores");
    expect_refusal(start_board_client(STUDENT), name());
    /* And where there is a server, the client finds it. */
    pair_remove(name());
    start_board_server(REFERENCE);
    struct half_view *client = start_board_client(STUDENT);
    await_board_client(client);
    expect_board_mapped(client);
}
END_TEST

START_TEST(client_refuses)
{
    static const mode_t modes[] = {S_IFREG | 0600, S_IFIFO | 0600};
    static const char *const notes[] = {
        "NAME is a file of 4095 bytes", "NAME is a FIFO"};
    struct half_view *client;

    start_board_server(REFERENCE);
    client = start_board_client(STUDENT); /* takes what is a board */
    await_board_client(client);
    expect_board_mapped(client);
    half_kill(client);
    for (int i = 0; i < 2; i++) {
        pair_remove(name());
        pair_make(name(), modes[i], NULL, 0);
        if (i == 0)
            pair_patch(name(), sizeof(struct board) - 2, "", 1);
        note(notes[i]);
        client = pair_start(STUDENT, "client", name(), NULL);
        expect_exit(client, 1);
        expect_said(client, name(), NULL);
        expect_output(client, "");
    }
    expect_exit(pair_start(STUDENT, "client", NULL), 2);
    expect_exit(pair_start(STUDENT, "client", "not/a/name", NULL), 2);
}
END_TEST

START_TEST(client_gives_back)
{
    struct half_view *server = start_board_server(REFERENCE);

    pair_direct(START_LOGGED, 0, NULL);
    struct half_view *client = start_board_client(STUDENT);
    pair_direct(0, 0, NULL);
    expect_patience(client);
    half_send(server, nonce_line(0));
    settle(client);
    expect_board_mapped(client);
    expect_that(client, counts("empty", 1) && counts("full", 0),
        counts("empty", 0) && counts("full", 0) ? "SEM1" : "",
        "after a board was taken NAME.empty counts 1 and NAME.full 0",
        "NAME.empty counts %s, NAME.full %s", count_of("empty"),
        count_of("full"));
    expect_client_posts_last(server, client, 1);
    half_close(server);
    expect_exit(client, 0);
    expect_exit(server, 0);
}
END_TEST

START_TEST(client_many)
{
    pass_many_lines(REFERENCE, STUDENT);
}
END_TEST

START_TEST(client_odd)
{
    pass_odd_lines(REFERENCE, STUDENT);
}
END_TEST

START_TEST(client_no_lines)
{
    struct half_view *server = start_board_server(REFERENCE);
    struct half_view *client = start_board_client(STUDENT);

    await_board_client(client);
    expect_board_mapped(client);
    half_close(server);
    expect_output(client, "");
    expect_exit(client, 0);
}
END_TEST

START_TEST(client_bad_length)
{
    struct half_view *server = start_board_server(REFERENCE);
    struct half_view *client = start_board_client(STUDENT);
    const uint32_t length = TEXT_LIMIT + 1;

    pass_first_line(server, client);
    pair_patch(name(), offsetof(struct board, length), (const char *)&length,
        sizeof length);
    note("a board of length 4089 was posted");
    expect_that(client, post("full") == 0, "",
        "the semaphores stay while the server runs", "NAME.full is gone");
    expect_exit(client, 1);
    expect_said(client, NULL);
    expect_output(client, "");
    const char *missing = find_missing();
    expect_that(client, missing == NULL, "",
        "the client removes nothing: it has created nothing",
        "there is no %s any more", missing != NULL ? missing : "");
}
END_TEST

START_TEST(client_cannot_print)
{
    const struct start full = {.flags = START_FULL};
    const struct start closed = {.flags = START_CLOSED};
    struct half_view *server = start_board_server(REFERENCE);
    struct half_view *client =
        pair_start_as(&full, STUDENT, "client", name(), NULL);

    await_board_client(client);
    expect_board_mapped(client);
    half_send(server, nonce_line(0));
    expect_write_error(client, nonce_line(0));
    pair_again(1);
    server = start_board_server(REFERENCE);
    client = pair_start_as(&closed, STUDENT, "client", name(), NULL);
    half_send(server, nonce_line(0));
    expect_pipe_error(client);
}
END_TEST

/* No sanitizer looks at munmap(). */
static void
expect_own_mapping(struct half_view *half)
{
    const struct call_entry *calls;
    size_t n = half_calls(half, &calls);

    for (size_t i = 0; i < n; i++)
        expect_that(half, strncmp(calls[i].what, "munmap(", 7) != 0, "",
            "munmap() takes away what was mapped, and no more", "%s",
            calls[i].what);
}

START_TEST(client_memory)
{
    static char lines[ODD_SIZE];
    struct half_view *server = start_board_server(REFERENCE);

    pair_direct(START_LOGGED, 0, NULL);
    struct half_view *client = start_board_client(CHECKED);

    fill_odd_boards(lines);
    pass_first_line(server, client);
    half_send_bytes(server, lines, ODD_SIZE);
    half_close(server);
    settle(client);
    expect_no_crash(client);
    expect_own_mapping(client);
}
END_TEST

START_TEST(client_rests)
{
    struct half_view *server = start_board_server(REFERENCE);
    struct half_view *client = start_board_client(STUDENT);

    expect_settled(client);
    expect_board_mapped(client);
    half_send(server, nonce_line(0));
    expect_settled(client);
    expect_that(client, counts("full", 0), "", "the client takes the board",
        "NAME.full counts %s", count_of("full"));
}
END_TEST

/* ---- both together ---- */

START_TEST(pair_talks)
{
    talk_by_board(STUDENT, STUDENT);
}
END_TEST

/* ---- in every order, with every trouble ---- */

/* Two lines; nobody waits for more than the server's "ready". */
static void
play_pair(void)
{
    char text[100] = "";
    struct half_view *server = pair_start(STUDENT, "server", name(), NULL);

    explain_lab = tell_board_posix;
    expect_line(server, "ready");
    orders_pause(server);
    struct half_view *client = pair_start(STUDENT, "client", name(), NULL);
    orders_pause(client);
    for (int i = 0; i < 2; i++) {
        text_add(text, sizeof text, "%s", nonce_line(i));
        half_send(server, nonce_line(i));
        orders_pause(server);
    }
    half_close(server);
    expect_output(client, text);
    expect_exit(client, 0);
    expect_exit(server, 0);
    expect_left(server, name(), NULL);
}

static void
play_server(void)
{
    talk_by_board(STUDENT, REFERENCE);
}

static void
play_client(void)
{
    talk_by_board(REFERENCE, STUDENT);
}

/* It has to wait for its turn. */
static void
play_waiting_server(void)
{
    struct half_view *server = start_board_server(STUDENT);
    struct half_view *client = start_board_client(REFERENCE);

    pass_first_line(server, client);
    half_signal(client, SIGSTOP);
    half_send(server, nonce_line(1));
    half_send(server, nonce_line(2));
    expect_waiting(server, "until the client has taken line 2");
    expect_on_board(server, 1);
}

static struct half_view *
set_up_server(void)
{
    return pair_start(STUDENT, "server", name(), NULL);
}

static struct half_view *
set_up_client(void)
{
    struct half_view *server = pair_start(REFERENCE, "server", name(), NULL);

    expect_line(server, "ready");
    return pair_start(STUDENT, "client", name(), NULL);
}

/* Whatever a killed server has left, the next one works. (In the middle of
 * sem_open() a semaphore has a random name: nobody could remove that one.) */
static void
begin_over_killed_server(void)
{
    struct half_view *server = pair_start(STUDENT, "server", name(), NULL);

    half_send(server, nonce_line(4));
    half_close(server);
    settle(server);
    orders_begin_over();
    play_server();
}

START_TEST(server_refused)
{
    orders_fail(set_up_server, name());
    orders_refuse(0, "read(standard input)", EIO);
    struct half_view *server = pair_start(STUDENT, "server", name(), NULL);
    settle(server);
    pair_start(REFERENCE, "client", name(), NULL); /* that it may end */
    settle(server);
    if (!half_was_ruled(server) || !half_state(server)->has_ended)
        return;
    expect_exit(server, 1);
    expect_said(server, NULL);
    expect_left(server, name(), NULL);
}
END_TEST

START_TEST(server_interrupted)
{
    orders_interrupt(play_waiting_server);
}
END_TEST

START_TEST(server_killed)
{
    orders_kill(play_server, 0, CALL_NAMES, begin_over_killed_server);
}
END_TEST

static unsigned int
count_flushes(const struct half_view *server)
{
    const struct call_entry *calls;
    unsigned int flushed = 0;
    size_t n = half_calls(server, &calls);

    for (size_t i = 0; i < n; i++)
        flushed += strcmp(calls[i].what, "msync(MS_SYNC)") == 0;
    return flushed;
}

/* The last one that counts, or does not. */
static const char *
last_flush(const struct half_view *server)
{
    const struct call_entry *calls;
    size_t n = half_calls(server, &calls);

    while (n > 0 && strncmp(calls[n - 1].what, "msync(", 6) != 0)
        n--;
    return n > 0 ? calls[n - 1].what : "no msync() at all";
}

/* A board that is only stored is safe from a crash of the program, not of the
 * machine. */
START_TEST(server_flushes)
{
    pair_direct(START_LOGGED, 0, NULL);
    struct half_view *server = start_board_server(STUDENT);
    struct half_view *client = start_board_client(REFERENCE);

    pass_first_line(server, client);
    unsigned int flushed = count_flushes(server);
    stop_at_post(server);
    half_send(server, nonce_line(1));
    settle(server);
    expect_that(server,
        !half_was_ruled(server) || count_flushes(server) > flushed, "FM5",
        "msync() with MS_SYNC for each board, before NAME.full is posted",
        "NAME.full is posted for line 2 before that; so far: %s",
        last_flush(server));
    go_on(server);
    expect_line(client, nonce(1));
    half_close(server);
    expect_output(client, "");
    expect_exit(client, 0);
    expect_exit(server, 0);
    flushed = count_flushes(server);
    expect_that(server, flushed >= 3, "FM5",
        "msync() with MS_SYNC for each of two lines and for the end",
        "%u such calls; the last: %s", flushed, last_flush(server));
    orders_refuse(0, "msync(", EIO);
    server = start_board_server(STUDENT);
    half_send(server, nonce_line(0));
    expect_exit(server, 1);
    expect_said(server, strerror(EIO), NULL);
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
    pair_direct(START_LOGGED, 0, NULL);
    struct half_view *server = pair_start(STUDENT, "server", name(), NULL);
    settle(server);
    struct half_view *client = pair_start(STUDENT, "client", name(), NULL);
    settle(client);
    int is_patient = half_state(client)->bytes[0] == 0;
    expect_server_posts_last(server, 0);
    if (is_patient)
        expect_client_posts_last(server, client, 1);
    pair_again(1);
    orders_hold(play_pair);
}
END_TEST

START_TEST(pair_too_long)
{
    pass_too_long(STUDENT, STUDENT);
}
END_TEST

static const struct item items[] = {
    {8, "server", 6, "publishes lines that the client prints", &server_talks},
    {4, "server", 4, "has made everything when it says ready",
        &server_is_ready},
    {2, "server", 2, "stores text, length and serial in the file",
        &server_stores},
    {1, "server", 6, "flushes every board to the file", &server_flushes},
    {5, "server", 5, "leaves a board alone until it was taken",
        &server_waits_its_turn},
    {3, "server", 6, "publishes 10,000 lines in their order", &server_many},
    {4, "server", 6, "publishes any bytes, empty and full lines", &server_odd},
    {2, "server", 6, "publishes the end when there are no lines",
        &server_no_lines},
    {4, "server", 6, "refuses a line that is too long", &server_too_long},
    {3, "server", 3, "works again after a crash", &server_second_run},
    {2, "server", 3, "works again after a crash anywhere", &server_killed},
    {3, "server", 1, "refuses a name that is something else", &server_refuses},
    {3, "server", 3, "leaves the file behind, and nothing else",
        &server_cleans_up},
    {2, "server", 4, "fails when it cannot print", &server_cannot_print},
    {3, "server", 13, "uses no memory that is not its own", &server_memory},
    {3, "server", 5, "waits without using the processor", &server_rests},
    {1, "server", 2, "says so when the system refuses a call", &server_refused},
    {1, "server", 5, "goes on when a call is interrupted", &server_interrupted},
    {7, "client", 10, "prints lines that the server publishes", &client_talks},
    {3, "client", 9, "maps the file, shared, for reading only", &client_maps},
    {4, "client", 7, "says so when there is no server", &client_no_server},
    {3, "client", 8, "refuses a file that is no board", &client_refuses},
    {3, "client", 11, "gives the board back, after the end too",
        &client_gives_back},
    {3, "client", 10, "prints 10,000 lines in their order", &client_many},
    {3, "client", 10, "prints any bytes, empty and full lines", &client_odd},
    {2, "client", 10, "ends when there are no lines", &client_no_lines},
    {3, "client", 10, "refuses a length that cannot be", &client_bad_length},
    {2, "client", 10, "fails when it cannot print", &client_cannot_print},
    {2, "client", 12, "uses no memory that is not its own", &client_memory},
    {2, "client", 10, "waits without using the processor", &client_rests},
    {1, "client", 9, "says so when the system refuses a call", &client_refused},
    {1, "client", 10, "goes on when a call is interrupted",
        &client_interrupted},
    {2, "pair", 13, "talk to each other", &pair_talks},
    {3, "pair", 13, "give the same answer in every order", &pair_orders},
    {2, "pair", 13, "end well when a line is too long", &pair_too_long},
};

const struct lab lab_01_filemapping = {
    .name = "01-filemapping",
    .target = &target_posix,
    .programs = {"server", "client", NULL},
    .items = items,
    .nitems = sizeof items / sizeof items[0],
    .turn = TURN_NAMES,
    .mistakes = mistakes_01,
};
