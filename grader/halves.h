/*
 * halves.h - the halves that the warden has started, and what they do
 */
#ifndef HALVES_H
#define HALVES_H

#include <sys/types.h>

#include "program.h"
#include "wire.h"

/* What has happened. */
enum event {
    EVENT_NONE,
    EVENT_MOVED,      /* a byte, or a process has ended */
    EVENT_COMPLAINED, /* on standard error, and again, and again */
    EVENT_ASKED,      /* the item wants something */
    EVENT_CALLED      /* a half's call was stopped, and maybe goes on */
};

extern struct program halves[HALVES]; /* a pid of 0: not started */

/* Processes that their parent did not wait for, so far. */
extern uint32_t halves_strays;

/* Before anything is started. Returns a descriptor that must stay open. */
int halves_begin(void);

/* Whose process it is, or NULL. */
struct program *halves_find(pid_t pid);

/* Does a call that Wine has told of wait for some time to pass, at most? */
int halves_wait_for_time(pid_t pid);

/* Waits up to timeout milliseconds (-1: for ever) for something to happen, and
 * deals with it, unless the item asks through its socket. caller: whose call it
 * was, with EVENT_CALLED. */
enum event halves_pump(int socket, int timeout, pid_t *caller);

/* Writes what Wine has told of every half that is no tool to answer: struct
 * relay_part and its calls. Returns the number of bytes. */
size_t halves_tell_relay(char *answer);

/* Lets all go on that are held. Returns 1 if there was one. */
int halves_release(void);

/* Ends all processes, and forgets the halves. */
void halves_forget(void);

#endif
