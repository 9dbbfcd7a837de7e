/*
 * orders.h - one play again and again: in every order, with every trouble
 *
 * A play is a function of a rubric: it starts halves, feeds them, and says by
 * expect_...() what must come of it. It is first played as it is, while the
 * calls of the student's halves are noted; then once for each of the calls,
 * with something done there. Whatever is done, what the play expects must come:
 * that is how a mistake that shows once in a hundred runs is seen every time.
 *
 * In a play nobody waits for rest before all halves have been started: a held
 * half goes on as soon as the others can do nothing more without it.
 */
#ifndef ORDERS_H
#define ORDERS_H

#include "pair.h"

/* In a play: waits here until there is nothing to do; whoever is held stays
 * held. So one thing comes after the other, and each play ends the same way in
 * every run: who is held, and where, alone decides. */
void orders_pause(struct half_view *half);

/* Each half of the student's is held at each of its calls (a server: after
 * "ready", or after its fork()) until the others wait for good or have ended.
 * Of several that run the same program the first one is. */
void orders_hold(void (*play)(void));

/* Is somebody held in this play? In the first one nobody is: there a play may
 * wait for rest, so that it ends the same way in every run. */
int orders_is_holding(void);

/* Every call that can wait is interrupted once (EINTR). */
void orders_interrupt(void (*play)(void));

/* Reads and writes move a few bytes at a time. */
void orders_shorten(void (*play)(void));

/* set_up() starts the half that the item marks, last of all, and nothing else
 * is done. Each call by which the half takes something from the system fails
 * once. The half must say so, with the reason, and exit with status 1. stays:
 * what may be left in the work folder. NULL: a server leaves nothing; a
 * client's item has more there, so what is left is not looked at. */
void orders_fail(struct half_view *(*set_up)(void), const char *stays);

/* Begins an item's last run, in a clean sandbox: the first call of the half
 * with that number that begins with these words, "msync(", fails. */
void orders_refuse(int half, const char *call, int error);

/* The half with that number in play() dies at each of its calls (those with
 * all of the CALL_* flags; CALL_CHILD: its child does) in a play of its own:
 * rest(), which must start it under the same number, and says what the others
 * do then. */
void orders_kill(
    void (*play)(void), int half, unsigned int flags, void (*rest)(void));

/* In rest(): the killed half's next run finds what it has left. */
void orders_begin_over(void);

/* Called by lose(): if nothing else explains it, and what was done has made the
 * difference, that is the mistake. */
void orders_explain(void);

#endif
