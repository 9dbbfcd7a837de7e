/*
 * protocol.h - what the halves of lab 05 agree on
 *
 * System V objects have no names but keys. Both halves make theirs from the
 * file NAME: ftok(NAME, KEY_LETTER).
 */
#ifndef PROTOCOL_H
#define PROTOCOL_H

#include <stdint.h>

enum {
    KEY_LETTER = 'L',
    TEXT_LIMIT = 256,     /* bytes in a line of the first pair, at most */
    SLOT_TEXT_LIMIT = 124 /* and of the second */
};

/* First pair: one queue carries everything, a message's type says whose it
 * is. The size that msgsnd() and msgrcv() want leaves out the type: it is
 * MESSAGE_HEAD plus the bytes of text. */
enum {
    REQUEST = 1,
    GOODBYE = 2, /* the client sends no more; its text means nothing */
    REPLY = 3,   /* plus the client's process ID */
    MESSAGE_HEAD = 4
};

struct request {
    long type;   /* REQUEST or GOODBYE */
    int32_t pid; /* of the client */
    char text[TEXT_LIMIT];
};

struct reply {
    long type;       /* REPLY + pid */
    uint32_t serial; /* 1 for the first request, then 2, 3, ... */
    char text[TEXT_LIMIT];
};

/* Second pair: a segment of shared memory and a set of three semaphores. */
enum {
    SLOTS = 8
};

/* The length of the mark that ends a client's lines. */
#define END_MARK UINT32_MAX

struct slot {
    uint32_t length; /* bytes of text, or END_MARK */
    char text[SLOT_TEXT_LIMIT];
};

/* head and tail only grow (and wrap at 2^32); slot number: index % SLOTS. */
struct buffer {
    struct slot slots[SLOTS];
    uint32_t head; /* the next slot to take */
    uint32_t tail; /* the next slot to put */
};

enum {
    MUTEX,  /* 1 at first: who holds it may touch the buffer */
    FREE,   /* 8 at first: slots that may be put */
    FILLED, /* 0 at first: slots that may be taken */
    SEMAPHORES
};

#endif
