/*
 * boards.h - lab 01 on both platforms: lines that pass over a board
 *
 * The board lies in a file that both halves have mapped, which is seen in
 * /proc/PID/maps, whoever runs them.
 */
#ifndef BOARDS_H
#define BOARDS_H

#include <stddef.h>
#include <stdint.h>

#include "../../labs/01-filemapping/protocol.h"
#include "expect.h"

/* Two empty lines, and two as long as may be: one of every byte that a line
 * can have, one of letters only. */
enum {
    FULL_LINE = TEXT_LIMIT + 1,
    ODD_SIZE = 2 + 2 * FULL_LINE,
    PLANTED = 7 /* the secret word that nobody may print */
};

/* What the lab knows about the halves when an item is being lost (explain.h),
 * unless the item says otherwise. */
void tell_board_posix(int is_stuck);

/* Starts a server, which must become ready. */
struct half_view *start_board_server(enum side side);

/* Starts a client; if the server is a reference, a text stands on the board
 * before that was never announced. keep: bytes of output, or 0 (pair.h). */
struct half_view *start_board_client(enum side side);
struct half_view *start_board_reader(enum side side, uint64_t keep);

/* Puts a text on the board that is not announced: nobody may print it. */
void plant_board(void);

/* Waits until the client waits for the first board, or does something else:
 * prints (too early), ends, spins. */
void await_board_client(struct half_view *client);

/* Before the first line the client prints nothing. */
void expect_patience(struct half_view *client);

/* The half uses a mapping of the file, whatever the access beyond need. */
void expect_board_mapped(struct half_view *half);

/* All is sent before any of it is taken: a server that does not wait for its
 * turn overwrites its own boards, every time. And whoever posts a single board
 * too early has it ready all the same, every time. is_last: then the end. */
void send_unread(struct half_view *server, struct half_view *client,
    const char *bytes, size_t size, int is_last);

/* A line goes from the server's input to the client's output, and it went
 * through a mapping of the file. What is a reference need not be proved. */
void pass_first_line(struct half_view *server, struct half_view *client);

/* A reference ends when all boards were given back: an item of its own. */
void expect_board_end(struct half_view *server, int status);

/* The board as it lies in the file. */
void read_board(struct half_view *server, struct board *board);
int board_shows(const struct board *board, const char *text);

/* Line n is on the board, although the next one, or the end, was sent. */
void expect_on_board(struct half_view *server, int n);
void expect_serial(struct half_view *server, uint32_t serial);

/* ODD_SIZE bytes. */
void fill_odd_boards(char *lines);

/* A good line, then one byte over the limit, and no '\n' is ever sent. */
void send_too_long_board(struct half_view *server, struct half_view *client);

/* Whole conversations: two lines; 10,000; lines of any bytes; and one that a
 * line too long ends. */
void talk_by_board(enum side server_side, enum side client_side);
void pass_many_lines(enum side server_side, enum side client_side);
void pass_odd_lines(enum side server_side, enum side client_side);
void pass_too_long(enum side server_side, enum side client_side);

#endif
