/*
 * 01-win32.c - how lab 01 is marked on Win32
 *
 * As on POSIX (01-filemapping.c): the nonce is given to the server only, and
 * that both halves have the same file mapped is seen in /proc/PID/maps. What
 * has a name in the kernel is looked at by a stranger (windows.h).
 */
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "boards.h"
#include "explain.h"
#include "labs.h"
#include "mistakes.h"
#include "phrases.h"
#include "windows.h"

/* The count of a semaphore while nobody uses it; -1: there is none. */
static long
count_of(const char *suffix)
{
    long count = -1;

    if (strcmp(ask_stranger("open-semaphore s Local\\%s.%s", name(), suffix),
            "ok") != 0)
        return -1;
    sscanf(ask_stranger("count s"), "%ld", &count);
    ask_stranger("close s");
    return count;
}

static void
expect_count(struct half_view *half, const char *suffix, long count,
    const char *id, const char *expected)
{
    long got = count_of(suffix);

    if (got == -1)
        expect_that(half, 0, id, expected, "there is no NAME.%s", suffix);
    expect_that(
        half, got == count, id, expected, "NAME.%s counts %ld", suffix, got);
}

/* As ReleaseSemaphore(). */
static void
release(const char *suffix)
{
    ask_stranger("open-semaphore r Local\\%s.%s", name(), suffix);
    ask_stranger("release r");
    ask_stranger("close r");
}

/* The mapping that the server has made: has it a name, and a file? */
static void
tell_mapping(struct half_view *half)
{
    const struct relay_call *call =
        find_win32_call(half, "CreateFileMapping(", 0);

    if (call == NULL || call->result == 0 || strcmp(half->name, "server") != 0)
        return;
    if (strchr(call->what, '"') == NULL)
        explain_id("WF1", "server makes its file mapping without a name");
    if (relay_argument(call, 0) == UINT64_MAX)
        explain_id("WF4", "server makes its file mapping without a file: the "
                          "first argument is INVALID_HANDLE_VALUE");
}

/* A half that has asked the wrong question after CreateFile() or
 * CreateFileMapping() goes on with a handle that is none. */
static void
tell_bad_handle(struct half_view *half)
{
    static const struct {
        const char *call;
        uint32_t bad;
    } makers[] = {
        {"CreateFile(", UINT32_MAX},
        {"CreateFileMapping(", 0},
        {"OpenFileMapping(", 0},
        {"MapViewOfFile(", 0},
        {"OpenSemaphore(", 0},
        {"CreateSemaphore(", 0},
    };
    char sentence[200];

    for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++) {
        const struct relay_call *call;
        for (int n = 0;
             (call = find_win32_call(half, makers[i].call, n)) != NULL; n++)
            if (call->has_returned && !half_state(half)->has_ended &&
                (uint32_t)call->result == makers[i].bad) {
                snprintf(sentence, sizeof sentence,
                    "%s goes on although %.*s() has failed", half->name,
                    (int)strcspn(call->what, "("), call->what);
                explain_id("WN13", sentence);
                return;
            }
    }
}

static void
tell_calls(struct half_view *half)
{
    tell_bad_handle(half);
    tell_mapping(half);
}

/* Waits the server for the last board, which nobody will give back? */
static void
tell_waiting_server(struct half_view *server, struct half_view *client)
{
    if (client == NULL || !half_state(client)->has_ended ||
        half_state(client)->status != 0 || half_state(server)->has_ended ||
        client->side == REFERENCE || count_of("empty") != 0)
        return;
    explain_id("SEM1", "client has ended, and NAME.empty counts 0: it has not "
                       "released it for the last board");
}

static void
tell_waiting_client(struct half_view *server, struct half_view *client)
{
    struct board board;

    if (client == NULL || half_state(client)->has_ended ||
        pair_read(name(), (char *)&board, sizeof board) != sizeof board)
        return;
    if (half_state(server)->has_ended && half_state(server)->crash[0] == '\0' &&
        board.serial > 0 && board.length != BOARD_END)
        explain_id(
            "END1", "server has ended, and client waits for one more board");
    if (client->side == REFERENCE && !half_state(server)->has_ended &&
        board.serial > half_state(client)->lines && count_of("full") == 0)
        explain_id("SEM1", "a board is in the file, but NAME.full counts 0: "
                           "server has not released it");
}

static void
tell_board_win32(int is_stuck)
{
    struct half_view *server = NULL;
    struct half_view *client = NULL;
    struct half_view *half;

    for (int i = 0; (half = pair_half(i)) != NULL; i++) {
        if (half->side != TOOL)
            *(strcmp(half->name, "server") == 0 ? &server : &client) = half;
    }
    if (server == NULL || !is_stuck)
        return;
    tell_waiting_server(server, client);
    if (server->side != REFERENCE)
        tell_waiting_client(server, client);
}

/* Every item begins with it. */
static void
begin(void)
{
    explain_lab = tell_board_win32;
    explain_calls = tell_calls;
}

/* ---- the server, with the reference client ---- */

START_TEST(server_talks)
{
    begin();
    talk_by_board(STUDENT, REFERENCE);
}
END_TEST

START_TEST(server_is_ready)
{
    begin();
    /* Its "ready" finds a full pipe: it sits in WriteFile() with all done. */
    const struct start held = {.flags = START_HOLD};
    struct half_view *server =
        pair_start_as(&held, STUDENT, "server", name(), NULL);

    expect_waiting(server, "for somebody to read its \"ready\"");
    const char *opened = ask_stranger("open-mapping m Local\\%s", name());
    expect_that(server, strcmp(opened, "ok") == 0, "",
        "the mapping Local\\NAME exists before \"ready\" is printed",
        "OpenFileMapping() says %s", opened);
    const struct census_file *file = census_find("work", name());
    expect_that(server,
        file != NULL && file->size == (int64_t)sizeof(struct board), "",
        "the file is one board long: 4096 bytes", "%lld bytes",
        file != NULL ? (long long)file->size : -1LL);
    expect_count(server, "full", 0, "", "NAME.full counts 0 at first");
    expect_count(server, "empty", 1, "", "NAME.empty counts 1 at first");
    half_release(server);
    expect_ready(server);
}
END_TEST

START_TEST(server_stores)
{
    begin();
    static struct board board;
    struct half_view *server = start_board_server(STUDENT);
    struct half_view *client = start_board_client(REFERENCE);

    pass_first_line(server, client);
    read_board(server, &board);
    expect_that(server, board.length == strlen(nonce(0)), "",
        "the length of the text, without '\\n'", "length %lu",
        (unsigned long)board.length);
    expect_that(server, memcmp(board.text, nonce(0), board.length) == 0, "",
        "the text in the file", "another text");
    expect_serial(server, 1);
    half_send(server, nonce_line(1));
    settle(server);
    expect_serial(server, 2);
}
END_TEST

/* Of the two calls the one that comes first is returned from first. */
static int
is_before(const struct half_view *half, const char *first, const char *second)
{
    const struct relay_call *calls;
    size_t n = half_relay(half, &calls);
    int firsts = 0;
    int seconds = 0;

    for (size_t i = 0; i < n; i++) {
        firsts += strncmp(calls[i].what, first, strlen(first)) == 0;
        seconds += strncmp(calls[i].what, second, strlen(second)) == 0;
        if (seconds > firsts)
            return 0;
    }
    return 1;
}

START_TEST(server_flushes)
{
    begin();
    struct half_view *server = start_board_server(STUDENT);
    struct half_view *client = start_board_client(REFERENCE);

    pass_first_line(server, client);
    half_close(server);
    expect_output(client, "");
    expect_exit(client, 0);
    expect_exit(server, 0);
    int flushed = count_win32_calls(server, "FlushViewOfFile(");
    expect_that(server, flushed >= 2, "FM5",
        "FlushViewOfFile() for the line and for the end", "%d such calls",
        flushed);
    expect_that(server,
        is_before(server, "FlushViewOfFile(", "ReleaseSemaphore("), "FM5",
        "FlushViewOfFile() before NAME.full is released",
        "ReleaseSemaphore() comes first");
}
END_TEST

START_TEST(server_waits_its_turn)
{
    begin();
    struct half_view *server = start_board_server(STUDENT);

    half_send(server, nonce_line(0));
    half_send(server, nonce_line(1));
    settle(server);
    expect_on_board(server, 0);
    expect_count(
        server, "full", 1, "", "NAME.full counts 1 while a board is there");
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
    begin();
    pass_many_lines(STUDENT, REFERENCE);
}
END_TEST

START_TEST(server_odd)
{
    begin();
    pass_odd_lines(STUDENT, REFERENCE);
}
END_TEST

START_TEST(server_no_lines)
{
    begin();
    struct half_view *server = start_board_server(STUDENT);

    expect_board_mapped(server);
    half_close(server);
    settle(server);
    expect_no_crash(server);
    expect_that(server, !half_state(server)->has_ended, "WN12",
        "server waits until a client has taken the end", "it has ended");
    struct half_view *client = start_board_client(REFERENCE);
    expect_output(client, "");
    expect_exit(client, 0);
    expect_exit(server, 0);
}
END_TEST

START_TEST(server_too_long)
{
    begin();
    pass_too_long(STUDENT, REFERENCE);
}
END_TEST

START_TEST(server_second_run)
{
    begin();
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
    struct half_view *client = start_board_client(REFERENCE);
    pass_first_line(server, client);
    read_board(server, &board);
    expect_that(server, board.serial != old_serial + 1, "",
        "the serial begins with 1 again", "serial %lu: it goes on",
        (unsigned long)board.serial);
    half_close(server);
    expect_exit(client, 0);
    expect_exit(server, 0);
}
END_TEST

START_TEST(server_refuses)
{
    begin();
    struct half_view *server;

    pair_make(name(), S_IFDIR | 0700, NULL, 0);
    note("NAME is a folder");
    server = pair_start(STUDENT, "server", name(), NULL);
    expect_exit(server, 1);
    expect_said(server, name(), NULL);
    expect_output(server, "");
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

/* CreateFileMapping() and CreateSemaphore() succeed for what exists already:
 * only GetLastError() tells. */
static void
refuse_used_name(const char *command, const char *what)
{
    char words[80];

    ask_stranger("%s", command);
    snprintf(words, sizeof words, "%s is in use", what);
    note(words);
    struct half_view *server = pair_start(STUDENT, "server", name(), NULL);
    settle(server);
    expect_that(server, half_state(server)->has_ended, "WN11",
        "server sees that it has made nothing new (ERROR_ALREADY_EXISTS), "
        "and ends",
        "it goes on with what is somebody else's");
    expect_exit(server, 1);
    expect_said(server, name(), NULL);
    ask_stranger("close x");
}

START_TEST(server_name_in_use)
{
    begin();
    char command[120];

    snprintf(command, sizeof command, "make-mapping x Local\\%s 4096", name());
    refuse_used_name(command, "Local\\NAME");
    snprintf(
        command, sizeof command, "make-semaphore x Local\\%s.full 1", name());
    refuse_used_name(command, "Local\\NAME.full");
    struct half_view *server = start_board_server(STUDENT);
    expect_board_mapped(server);
}
END_TEST

START_TEST(server_cleans_up)
{
    begin();
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
    expect_win32_call(server, "UnmapViewOfFile(", "",
        "the view is taken away before the end");
    expect_win32_call(
        server, "CloseHandle(", "", "the handles are closed before the end");
}
END_TEST

START_TEST(server_cannot_print)
{
    begin();
    const struct start closed = {.flags = START_CLOSED};
    struct half_view *server =
        pair_start_as(&closed, STUDENT, "server", name(), NULL);

    note("nobody reads standard output");
    settle(server);
    expect_exit(server, 1);
    expect_said(server, NULL);
    server = start_board_server(STUDENT); /* it works where it can print */
    expect_board_mapped(server);
}
END_TEST

START_TEST(server_rests)
{
    begin();
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
    begin();
    talk_by_board(REFERENCE, STUDENT);
}
END_TEST

START_TEST(client_maps)
{
    begin();
    start_board_server(REFERENCE);
    struct half_view *client = start_board_client(STUDENT);

    await_board_client(client);
    expect_board_mapped(client);
    expect_win32_call(client, "OpenFileMapping(", "WF2",
        "the client opens the mapping by its name");
    const struct relay_call *view =
        find_win32_call(client, "MapViewOfFile(", 0);
    expect_that(client, view != NULL && relay_argument(view, 1) == 4, "WF3",
        "a view for reading only: FILE_MAP_READ", "%s",
        view != NULL ? view->what : "no view");
}
END_TEST

static void
expect_refusal(struct half_view *client)
{
    settle(client);
    expect_no_win32_call(client, "the client creates nothing",
        "CreateSemaphore(", "CreateFileMapping(", "CreateEvent(", NULL);
    expect_exit(client, 1);
    expect_said(client, name(), NULL);
}

START_TEST(client_no_server)
{
    begin();
    expect_refusal(start_board_client(STUDENT));
    expect_left(pair_half(0), NULL);
    pair_again(1);
    /* A finished server has left the file. */
    pair_make(name(), S_IFREG | 0600, NULL, 0);
    pair_patch(name(), sizeof(struct board) - 1, "", 1);
    note("there is a file, but no semaphores");
    expect_refusal(start_board_client(STUDENT));
    /* And where there is a server, the client finds it. */
    pair_again(1);
    start_board_server(REFERENCE);
    struct half_view *client = start_board_client(STUDENT);
    await_board_client(client);
    expect_board_mapped(client);
}
END_TEST

START_TEST(client_refuses)
{
    begin();
    expect_exit(pair_start(STUDENT, "client", NULL), 2);
    expect_exit(pair_start(STUDENT, "client", "not/a/name", NULL), 2);
    pair_again(1);
    start_board_server(REFERENCE);
    struct half_view *client = start_board_client(STUDENT);
    await_board_client(client);
    expect_board_mapped(client);
}
END_TEST

START_TEST(client_gives_back)
{
    begin();
    struct half_view *server = start_board_server(REFERENCE);
    struct half_view *client = start_board_client(STUDENT);

    expect_patience(client);
    half_send(server, nonce_line(0));
    settle(client);
    expect_board_mapped(client);
    expect_count(client, "empty", 1, "SEM1",
        "after a board was taken NAME.empty counts 1");
    expect_count(
        client, "full", 0, "", "after a board was taken NAME.full counts 0");
    half_close(server);
    expect_exit(client, 0);
    expect_exit(server, 0);
}
END_TEST

START_TEST(client_many)
{
    begin();
    pass_many_lines(REFERENCE, STUDENT);
}
END_TEST

START_TEST(client_odd)
{
    begin();
    pass_odd_lines(REFERENCE, STUDENT);
}
END_TEST

START_TEST(client_no_lines)
{
    begin();
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
    begin();
    struct half_view *server = start_board_server(REFERENCE);
    struct half_view *client = start_board_client(STUDENT);
    const uint32_t length = TEXT_LIMIT + 1;

    pass_first_line(server, client);
    pair_patch(name(), offsetof(struct board, length), (const char *)&length,
        sizeof length);
    note("a board of length 4089 was posted");
    release("full");
    expect_exit(client, 1);
    expect_said(client, NULL);
    expect_output(client, "");
}
END_TEST

START_TEST(client_cannot_print)
{
    begin();
    const struct start closed = {.flags = START_CLOSED};
    struct half_view *server = start_board_server(REFERENCE);
    struct half_view *client =
        pair_start_as(&closed, STUDENT, "client", name(), NULL);

    await_board_client(client);
    expect_board_mapped(client);
    half_send(server, nonce_line(0));
    note("nobody reads standard output");
    expect_exit(client, 1);
    expect_said(client, NULL);
}
END_TEST

START_TEST(client_rests)
{
    begin();
    struct half_view *server = start_board_server(REFERENCE);
    struct half_view *client = start_board_client(STUDENT);

    expect_settled(client);
    expect_board_mapped(client);
    half_send(server, nonce_line(0));
    expect_settled(client);
    expect_count(client, "full", 0, "", "the client takes the board");
}
END_TEST

/* ---- both together ---- */

START_TEST(pair_talks)
{
    begin();
    talk_by_board(STUDENT, STUDENT);
}
END_TEST

START_TEST(pair_too_long)
{
    begin();
    pass_too_long(STUDENT, STUDENT);
}
END_TEST

static const struct item items[] = {
    {9, "server", 6, "publishes lines that the client prints", &server_talks},
    {5, "server", 4, "has made everything when it says ready",
        &server_is_ready},
    {3, "server", 2, "stores text, length and serial in the file",
        &server_stores},
    {2, "server", 6, "flushes every board to the file", &server_flushes},
    {5, "server", 5, "leaves a board alone until it was taken",
        &server_waits_its_turn},
    {3, "server", 6, "publishes 10,000 lines in their order", &server_many},
    {4, "server", 6, "publishes any bytes, empty and full lines", &server_odd},
    {2, "server", 6, "publishes the end when there are no lines",
        &server_no_lines},
    {4, "server", 6, "refuses a line that is too long", &server_too_long},
    {4, "server", 3, "works again after a crash", &server_second_run},
    {3, "server", 1, "refuses a name that is something else", &server_refuses},
    {4, "server", 2, "sees that a name is in use", &server_name_in_use},
    {3, "server", 13, "leaves the file behind, and nothing else",
        &server_cleans_up},
    {2, "server", 4, "fails when it cannot print", &server_cannot_print},
    {3, "server", 5, "waits without using the processor", &server_rests},
    {8, "client", 10, "prints lines that the server publishes", &client_talks},
    {4, "client", 9, "maps the file, shared, for reading only", &client_maps},
    {5, "client", 7, "says so when there is no server", &client_no_server},
    {2, "client", 7, "refuses wrong arguments", &client_refuses},
    {4, "client", 11, "gives the board back, after the end too",
        &client_gives_back},
    {3, "client", 10, "prints 10,000 lines in their order", &client_many},
    {3, "client", 10, "prints any bytes, empty and full lines", &client_odd},
    {2, "client", 10, "ends when there are no lines", &client_no_lines},
    {3, "client", 10, "refuses a length that cannot be", &client_bad_length},
    {2, "client", 10, "fails when it cannot print", &client_cannot_print},
    {3, "client", 10, "waits without using the processor", &client_rests},
    {2, "pair", 13, "talk to each other", &pair_talks},
    {3, "pair", 13, "end well when a line is too long", &pair_too_long},
};

const struct lab lab_01_win32 = {
    .name = "01-filemapping",
    .target = &target_win32,
    .programs = {"server", "client", NULL},
    .tools = {"stranger", NULL},
    .items = items,
    .nitems = sizeof items / sizeof items[0],
    .mistakes = mistakes_01_win32,
};
