/*
 * protocol.h - what the two halves of lab 02 agree on
 *
 * The parent speaks to the child's standard input and listens to its standard
 * output; a line ends with '\n', and what has no end of line ends with the
 * stream. The pipes have no names, so there is nothing else to agree on.
 */
#ifndef PROTOCOL_H
#define PROTOCOL_H

enum {
    STATUS_NO_LINES = 3,      /* the child read not a single line */
    STATUS_NOT_STARTED = 127, /* PROGRAM cannot be started, as in the shell */
    STATUS_SIGNAL = 128       /* plus the number of the signal that ended it */
};

#endif
