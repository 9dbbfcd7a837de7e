/*
 * mail.h - whole conversations of lab 04, on both platforms
 *
 * letters.h says which pair of the lab an item is about, and what a letter is.
 */
#ifndef MAIL_H
#define MAIL_H

#include "letters.h"

enum {
    PLENTY = 1000 /* letters: no mailbox takes so many */
};

/* It was proved that nothing happens, and the half is still there. */
void expect_going_on(struct half_view *half, const char *what);

/* Line 0 goes through, and then both go on. What ends later has a reason. */
void greet(struct half_view *client, struct half_view *server);

/* Two lines of one client, and one of another. */
void talk_by_mail(enum side server_side, enum side client_side);

/* All is sent before any of it is taken: who joins letters, or takes more than
 * one at a time, is seen every time. */
void pass_odd_letters(enum side server_side, enum side client_side);

/* A good line, then one byte over the limit, and no '\n' is ever sent. */
void send_long_line(struct half_view *client);
void refuse_long_line(enum side server_side, enum side client_side);

/* The server prints nothing but whole letters, each writer's in their order:
 * as many as there are. */
void expect_merged(
    struct half_view *server, char *const lines[], int writers, int total);

/* Three clients, n lines of each, all at once. */
void mix_writers(enum side server_side, enum side client_side, int n);

/* More lines than any mailbox takes, while the server is stopped; and all of
 * them as the server prints them, which the caller frees. */
void fill_mailbox(struct half_view *server, struct half_view *client);
char *expected_letters(void);

/* The student's program ends with exit status 2 with arguments that are wrong,
 * and prints nothing. */
void refuse_server_arguments(void);
void refuse_client_arguments(void);

/* They wait, for letters, lines, or room in the mailbox, and do nothing else.
 */
void check_server_rests(void);
void check_client_rests(void);

#endif
