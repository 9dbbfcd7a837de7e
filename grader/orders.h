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

/* What the play needs of a call to be chosen. */
enum {
    ORDER_MOMENTS = 24 /* at most, of a half */
};

/* Each half of the student's is held at each of its calls (a server: after
 * "ready") until the others wait for good or have ended. */
void orders_hold(void (*play)(void));

/* Every call that can wait is interrupted once (EINTR). */
void orders_interrupt(void (*play)(void));

/* Reads and writes move a few bytes at a time. */
void orders_shorten(void (*play)(void));

/* The half that the item marks is started by set_up(), and nothing else is
 * done; each call by which it takes something from the system fails once. It
 * must say so, exit with status 1 and leave nothing behind that left does not
 * name: files that may stay, up to NULL. */
void orders_fail(struct half_view *(*set_up)(void), const char *const left[]);

/* Words for what was done to a half, for a lost item; adds an id if that alone
 * has made the difference. Called by lose(). */
void orders_explain(void);

#endif
