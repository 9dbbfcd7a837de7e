/*
 * requests.h - lab 03 on both platforms: lines that come back as replies
 */
#ifndef REQUESTS_H
#define REQUESTS_H

#include <stddef.h>

/* wire.h has a request and a reply, too. */
#define request call_request
#define reply call_reply
#include "../../labs/03-namedpipe/protocol.h"
#undef request
#undef reply

#include "expect.h"

/* The reply to the secret word n has come; and it was asked for just now. */
void expect_answer(struct half_view *client, int serial, int n);
void ask(struct half_view *client, int serial, int n);

/* Two empty lines, two as long as may be: one of any bytes, one of letters,
 * and one without '\n', the last one. */
enum {
    FULL_LINE = TEXT_LIMIT + 1,
    ODD_LINES = 5,
    ODD_REPLIES = 2 * TEXT_LIMIT + 64 /* bytes, at most */
};

void send_odd_line(struct half_view *client, int n);

/* What a client prints then. Returns its size. */
size_t fill_odd_replies(char *replies);

/* Several clients: the requests of each and of all, the serials so far. */
enum {
    CLIENTS = 8,
    TOTAL = 1600 /* at most */
};

struct crowd {
    int each;
    unsigned long total;
    const char *crossed; /* id, if a reply goes to another client */
    char used[TOTAL + 1];
};

/* The client ends, and has printed a reply to each line. Whose a line is shows
 * in its first letter, 'a' for the first client. */
void expect_answers(
    struct half_view *client, const char *lines, struct crowd *crowd);

#endif
