/*
 * protocol.h - what the halves of lab 03 agree on
 *
 * The first pair needs none of this: it exchanges bytes as they come.
 */
#ifndef PROTOCOL_H
#define PROTOCOL_H

#include <stdint.h>

enum {
    TEXT_LIMIT = 504, /* bytes in a line, at most */
    NAME_SIZE = 80    /* room for the name of a FIFO or pipe, '\0' included */
};

/* A client's request, in the server's FIFO. It is always written whole, in
 * one write(): up to PIPE_BUF bytes (512 or more, limits.h in POSIX) no other
 * client's bytes can come between. */
struct request {
    int32_t pid;     /* of the client: names its own FIFO */
    uint32_t length; /* bytes of text */
    char text[TEXT_LIMIT];
};

/* The server's reply, in the client's FIFO, written whole, too. */
struct reply {
    uint32_t serial; /* 1 for the first request, then 2, 3, ... */
    uint32_t length; /* bytes of text */
    char text[TEXT_LIMIT];
};

/* The client's FIFO: a format for NAME and the client's process ID. */
#define REPLY_FORMAT "%s.%ld"

/* The pipe of both pairs on Win32, where replies come back through it. */
#define WIN32_PIPE_FORMAT "\\\\.\\pipe\\%s"

#endif
