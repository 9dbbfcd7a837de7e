/*
 * deadlines.h - TIMEOUT of lab 04, on both platforms
 *
 * Nothing here depends on how fast the machine is: what is left of TIMEOUT is
 * read from the call in which the server rests.
 */
#ifndef DEADLINES_H
#define DEADLINES_H

#include "letters.h"

/* A TIMEOUT that never passes. */
extern const char huge[];

/* Without a limit nothing ends the server; with one it ends when that has
 * passed, and not before; and it counts from "ready" and anew from each
 * printed message. */
void check_timeout(void);

/* A server with a TIMEOUT waits once, and for all of it. */
void expect_one_wait(void);

#endif
