/*
 * lose.h - how an item is lost: for the predicates of expect.h
 */
#ifndef LOSE_H
#define LOSE_H

#include <stddef.h>

#include "pair.h"

/* Tells what was expected, as by printf(). */
void lose_expected(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* Tells what came instead: these bytes, or "nothing". */
void lose_got(const char *bytes, size_t size);

/* Ends the item as lost, about this half. What was expected and what came must
 * have been told; what explains it is added. */
_Noreturn void lose(struct half_view *half);

/* The same where nothing in the sandbox can be asked any more. */
_Noreturn void lose_at_once(void);

#endif
