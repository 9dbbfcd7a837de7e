/*
 * protocol.h - what the two halves of lab 01 agree on
 */
#ifndef PROTOCOL_H
#define PROTOCOL_H

#include <stdint.h>

enum {
    TEXT_LIMIT = 4088, /* bytes in a line, at most */
    NAME_SIZE = 80     /* room for the name of an object, '\0' included */
};

/* The length of the board that ends the conversation. */
#define BOARD_END UINT32_MAX

/* The board: the file NAME holds one, mapped by both halves. */
struct board {
    uint32_t serial; /* 1 for the first line, then 2, 3, ... */
    uint32_t length; /* bytes of text, or BOARD_END */
    char text[TEXT_LIMIT];
};

/* Two named semaphores: FULL counts boards to be read (0 at first), EMPTY
 * counts boards that may be written (1 at first). Formats for NAME. */
#define FULL_FORMAT "/%s.full"
#define EMPTY_FORMAT "/%s.empty"

/* On Win32 the mapping has a name, too: all three are kernel objects. */
#define WIN32_BOARD_FORMAT "Local\\%s"
#define WIN32_FULL_FORMAT "Local\\%s.full"
#define WIN32_EMPTY_FORMAT "Local\\%s.empty"

#endif
