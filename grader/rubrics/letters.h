/*
 * letters.h - what is sent and printed in lab 04, and what can go wrong there
 *
 * The two pairs of the lab do alike, over sockets of two kinds. Which pair an
 * item is about is chosen once, at its beginning.
 */
#ifndef LETTERS_H
#define LETTERS_H

#include <stddef.h>

#include "../../labs/04-mailslot/protocol.h"
#include "pair.h"

enum {
    LETTER_ROOM = TEXT_LIMIT + 16
};

extern int is_domain;     /* the second pair */
extern int has_long_name; /* its NAME is as long as may be */

/* "server", or "domain_server"; "client", or "domain_client". */
const char *server_program(void);
const char *client_program(void);

/* The NAME of a domain; another one with the same port that begins with it;
 * and NAME, whichever pair it is. */
const char *domain(void);
const char *neighbour(void);
const char *address(void);

/* The file that a slot is in the work folder; or NULL. */
const char *slot_file(void);

/* What differs: on POSIX, and on Win32. */
const char *either(const char *posix, const char *win32);

/* Starts a half, and explains what is lost from then on. count, timeout: NULL
 * if they are not given. start_server() also waits until it is ready. */
struct half_view *run_server(
    enum side side, const char *count, const char *timeout);
struct half_view *run_server_as(const struct start *start, enum side side,
    const char *count, const char *timeout);
struct half_view *start_server(enum side side, const char *count);
struct half_view *start_client(enum side side);

/* Ends a server that is of no more use, so that its name is free again. */
void put_away(struct half_view *server);

/* Has the server the socket that it should have, bound where it should be? */
int is_bound(const struct half_view *server);

/* "LENGTH: TEXT\n", and '\0'. Returns the length without that. */
size_t write_letter(char line[LETTER_ROOM], const char *bytes, size_t size);

/* The next line that the server prints is this letter. */
void expect_letter(struct half_view *server, const char *bytes, size_t size);
void expect_text(struct half_view *server, const char *text);

/* Two empty lines (not under Wine), a short one, two as long as may be (one of
 * them of any bytes) and one without an end; and what the server prints for
 * them. */
void send_odd_lines(struct half_view *client);
void expect_odd_letters(struct half_view *server);

/* Line n goes from the client's input to the server's output. */
void pass(struct half_view *client, struct half_view *server, int n);

/* A letter from somebody who is no client; one that is too long (POSIX). */
void post(const char *bytes, size_t size);
void post_too_long(size_t size);

/* What the lab knows about the student's halves when an item is being lost:
 * see explain_lab. */
void tell_mail_posix(int is_stuck);
void tell_mail_win32(int is_stuck);

/* The server was given a limit, and does not end. */
void tell_endless(const struct half_view *server, int is_stuck);

#endif
