/*
 * boards.c - see boards.h
 */
#include "boards.h"

#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain.h"
#include "phrases.h"
#include "text.h"

enum {
    MANY = 10000,
    PLENTY = 1 << 18,
    LAST = 4
};

/* A text on the board that was never announced: nobody may print it. */
void
plant_board(void)
{
    const uint32_t length = (uint32_t)strlen(nonce(PLANTED));

    pair_patch(name(), offsetof(struct board, length), (const char *)&length,
        sizeof length);
    pair_patch(name(), offsetof(struct board, text), nonce(PLANTED), length);
}

struct half_view *
start_board_server(enum side side)
{
    struct half_view *server = pair_start(side, "server", name(), NULL);

    if (explain_lab == NULL)
        explain_lab = tell_board_posix;
    expect_ready(server);
    return server;
}

/* keep: bytes of output, or 0 (pair.h). */
struct half_view *
start_board_reader(enum side side, uint64_t keep)
{
    const struct start start = {.keep = keep};

    if (pair_half(0) != NULL && pair_half(0)->side == REFERENCE)
        plant_board();
    return pair_start_as(&start, side, "client", name(), NULL);
}

struct half_view *
start_board_client(enum side side)
{
    return start_board_reader(side, 0);
}

/* Waits until the client waits for the first board, or does something else:
 * prints (too early), ends, spins. */
void
await_board_client(struct half_view *client)
{
    note_restless(pair_wait(client, UNTIL_BYTES, 1)->outcome);
}

/* Before the first line the client prints nothing. */
void
expect_patience(struct half_view *client)
{
    const char *planted = nonce(PLANTED);
    char got[300] = "";
    size_t size;

    await_board_client(client);
    const char *printed = half_output(client, 1, &size);
    int is_planted = size >= strlen(planted) &&
                     memcmp(printed, planted, strlen(planted)) == 0;
    text_quote(got, sizeof got, printed, size);
    expect_that(client, size == 0, is_planted ? "FM6" : "",
        "client prints nothing before NAME.full was posted", "%s%s", got,
        is_planted ? ", which stood on the board before that" : "");
}

/* The half uses a mapping of the file, whatever the access beyond need. */
void
expect_board_mapped(struct half_view *half)
{
    expect_mapped(half, name(), sizeof(struct board),
        strcmp(half->name, "server") == 0 ? "?w?s" : "r???");
}

/* All is sent before any of it is taken: a server that does not wait for its
 * turn overwrites its own boards, every time. And whoever posts a single board
 * too early has it ready all the same, every time. */
void
send_unread(struct half_view *server, struct half_view *client,
    const char *bytes, size_t size, int is_last)
{
    half_signal(client, SIGSTOP);
    half_send_bytes(server, bytes, size);
    if (is_last)
        half_close(server);
    settle(server);
    half_signal(client, SIGCONT);
}

/* A line goes from the server's input to the client's output, and it went
 * through a mapping of the file. What is a reference need not be proved. */
void
pass_first_line(struct half_view *server, struct half_view *client)
{
    if (client->side != REFERENCE)
        expect_patience(client);
    send_unread(server, client, nonce_line(0), strlen(nonce_line(0)), 0);
    expect_line(client, nonce(0));
    settle(client);
    if (server->side != REFERENCE)
        expect_board_mapped(server);
    if (client->side != REFERENCE)
        expect_board_mapped(client);
}

/* A reference ends when all boards were given back: an item of its own. */
void
expect_board_end(struct half_view *server, int status)
{
    if (server->side != REFERENCE)
        expect_exit(server, status);
}

void
read_board(struct half_view *server, struct board *board)
{
    memset(board, 0, sizeof *board);
    ssize_t n = pair_read(name(), (char *)board, sizeof *board);
    expect_that(
        server, n == sizeof *board, "", "a file of one board", "%zd bytes", n);
}

int
board_shows(const struct board *board, const char *text)
{
    return board->length != BOARD_END &&
           memcmp(board->text, text, strlen(text)) == 0;
}

/* The client has printed line n: it stands on the board, too. */
static void
expect_shown(struct half_view *server, int n)
{
    static struct board board;
    char got[300] = "";

    read_board(server, &board);
    text_quote(got, sizeof got, board.text, strlen(nonce(n)));
    expect_that(server, board_shows(&board, nonce(n)), "FM18",
        "the line that the client has printed is on the board", "%s", got);
}

static void
expect_silence(struct half_view *server)
{
    char got[300] = "";
    size_t size;
    const char *printed = half_output(server, 1, &size);

    text_quote(got, sizeof got, printed, size);
    expect_that(server, size == server->taken, "",
        "server prints \"ready\" and nothing else", "%s", got);
}

void
talk_by_board(enum side server_side, enum side client_side)
{
    struct half_view *server = start_board_server(server_side);
    struct half_view *client = start_board_client(client_side);

    pass_first_line(server, client);
    settle(client);
    send_unread(server, client, nonce_line(1), strlen(nonce_line(1)), 0);
    expect_line(client, nonce(1));
    if (server->side != REFERENCE)
        expect_shown(server, 1);
    settle(client);
    send_unread(server, client, "", 0, 1);
    expect_output(client, "");
    expect_exit(client, 0);
    expect_board_end(server, 0);
    if (server->side != REFERENCE)
        expect_silence(server);
}

/* Line n is on the board, although the next one, or the end, was sent. */
void
expect_on_board(struct half_view *server, int n)
{
    static struct board board;
    char got[300] = "";

    read_board(server, &board);
    int is_out_of_turn =
        board.length == BOARD_END || board_shows(&board, nonce(n + 1));
    if (board.length == BOARD_END)
        text_add(got, sizeof got, "the end is there already");
    else
        text_quote(got, sizeof got, board.text, strlen(nonce(n)));
    expect_that(server, board_shows(&board, nonce(n)),
        is_out_of_turn ? "FM6" : "",
        "a board stays as it is until a client has taken it", "%s", got);
}

void
expect_serial(struct half_view *server, uint32_t serial)
{
    static struct board board;

    read_board(server, &board);
    expect_that(server, board.serial == serial, "",
        serial == 1 ? "serial 1 on the first board" : "serial 2 on the second",
        "serial %lu", (unsigned long)board.serial);
}

/* As many lines as were sent, so nobody waits in vain: they are the same. */
static void
expect_same_lines(struct half_view *client, const char *lines)
{
    size_t size;
    const char *printed = half_output(client, 1, &size) + client->taken;
    int line = 1;

    if (half_state(client)->lines != client->taken_lines + MANY)
        return;
    while (*lines != '\0') {
        if (pair_target()->has_wine && *printed == '\r' && *lines == '\n')
            printed++; /* it is told elsewhere */
        if (*printed != *lines)
            break;
        line += *lines == '\n';
        lines++;
        printed++;
    }
    expect_that(client, *lines == *printed, "",
        "the 10,000 lines, each as it was sent", "line %d is another one",
        line);
}

void
pass_many_lines(enum side server_side, enum side client_side)
{
    char *lines = many_lines("", MANY);
    struct half_view *server = start_board_server(server_side);
    struct half_view *client = start_board_reader(client_side, PLENTY);

    pass_first_line(server, client);
    send_unread(server, client, lines, strlen(lines), 0);
    settle(client);
    expect_same_lines(client, lines);
    send_unread(server, client, nonce_line(LAST), strlen(nonce_line(LAST)), 1);
    strcat(lines, nonce_line(LAST));
    expect_output(client, lines);
    expect_board_end(server, 0);
    free(lines);
}

void
fill_odd_boards(char *lines)
{
    memcpy(lines, "\n\n", 2);
    nonce_any(lines + 2, TEXT_LIMIT);
    lines[2 + TEXT_LIMIT] = '\n';
    nonce_letters(lines + 2 + FULL_LINE, TEXT_LIMIT);
    lines[2 + FULL_LINE + TEXT_LIMIT] = '\n';
}

void
pass_odd_lines(enum side server_side, enum side client_side)
{
    static char lines[ODD_SIZE + 8];
    struct half_view *server = start_board_server(server_side);
    struct half_view *client = start_board_client(client_side);

    note(server_side == REFERENCE
             ? "two empty lines, 4088 bytes of any kind, 4088 letters"
             : "two empty lines, 4088 bytes of any kind, 4088 letters, no "
               "last '\\n'");
    fill_odd_boards(lines);
    pass_first_line(server, client);
    for (size_t at = 0; at < ODD_SIZE; at += at < 2 ? 1 : FULL_LINE) {
        send_unread(server, client, lines + at, at < 2 ? 1 : FULL_LINE, 0);
        settle(client);
    }
    if (server->side == REFERENCE) { /* so the end is sent behind it */
        send_unread(server, client, "no end\n", 7, 0);
        settle(client);
    }
    send_unread(server, client, "no end", server->side == REFERENCE ? 0 : 6, 1);
    memcpy(lines + ODD_SIZE, "no end\n", 7);
    expect_output_bytes(client, lines, ODD_SIZE + 7);
    expect_exit(client, 0);
    expect_board_end(server, 0);
}

/* A good line, then one byte over the limit, and no '\n' is ever sent. */
void
send_too_long_board(struct half_view *server, struct half_view *client)
{
    char line[FULL_LINE];

    memset(line, 'x', FULL_LINE);
    send_unread(server, client, nonce_line(1), strlen(nonce_line(1)), 0);
    settle(client);
    send_unread(server, client, line, FULL_LINE, 0);
}

void
pass_too_long(enum side server_side, enum side client_side)
{
    struct half_view *server = start_board_server(server_side);
    struct half_view *client = start_board_client(client_side);

    note("line 3 has 4089 bytes and no '\\n'");
    pass_first_line(server, client);
    send_too_long_board(server, client);
    expect_output(client, nonce_line(1));
    expect_exit(client, 0);
    expect_exit(server, 1);
    expect_said(server, "3", "4088", NULL);
    expect_left(server, name(), NULL);
}
