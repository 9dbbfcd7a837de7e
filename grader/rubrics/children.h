/*
 * children.h - lab 02 on both platforms: a server and the client as its child
 *
 * Only after the proof that the two are joined by two pipes does the nonce go
 * in.
 */
#ifndef CHILDREN_H
#define CHILDREN_H

#include "expect.h"

enum {
    SOME = 1000,
    PLENTY = 1 << 20,
    TALK = 300000 /* bytes: more than any pipe holds */
};

extern const struct start with_plenty;

/* The server has one child, and is joined to it by two anonymous pipes: the
 * rubrics. */
void expect_piped_posix(struct half_view *server);
void expect_piped_win32(struct half_view *server);

/* What is known of a server on Win32 and its child when an item is being lost
 * (explain.h, stuck_pipes.c). */
void tell_stuck_pipes(int is_stuck);

/* Starts a server with the client of that side as its child. */
struct half_view *start_pair(enum side server_side, enum side client_side);

/* The next line is the answer to that one. */
void expect_numbered(struct half_view *server, int number, const char *line);

/* The server's input ends; it prints no more, and ends with status 0. */
void expect_good_end(struct half_view *server);

/* n lines, and what the numbering service makes of them: PLENTY bytes each. */
void fill_lines(char *lines, char *numbered, int n);

/* Whole conversations: one line in, one answer out, before the next line;
 * three lines at once; empty lines, and one in pieces without an end; lines of
 * any bytes and any length; 10,000 lines. */
struct half_view *talk_to_child(enum side server_side, enum side client_side);
void number_lines(enum side server_side, enum side client_side);
void number_odd_lines(enum side server_side, enum side client_side);
void number_any_bytes(enum side server_side, enum side client_side);
void number_many_lines(enum side server_side, enum side client_side);

#endif
