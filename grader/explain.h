/*
 * explain.h - says why an item was lost, as far as that was observed
 */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include <stddef.h>

#include "pair.h"

/* Why waiting ended without the thing waited for: somebody is stuck, spins,
 * was ended by a signal ... Adds to the verdict's why, and sets its id if a
 * known mistake is proved. An id that is already set stays. */
void explain(struct half_view *half, const struct reply *reply);

/* Set by a lab that knows more: called first by explain(). is_stuck: it was
 * proved that nothing happens any more. */
extern void (*explain_lab)(int is_stuck);

/* The same for mistakes that are seen in the calls of a half, whatever is
 * expected of it. */
extern void (*explain_calls)(struct half_view *half);

/* Was the program ended by a signal, or by a sanitizer? */
int explain_is_crash(int status);

/* What was noted while the halves were alive and that explains everything. */
void explain_facts(void);

/* The line that the half should print next is in a stdio buffer: says so. */
void explain_buffer(const struct half_view *half, const char *line);

/* The verdict gets this id and, first of all, this sentence. */
void explain_id(const char *id, const char *sentence);

/* The first line that the half, or else another one, said on standard error. */
void explain_said(struct half_view *half);

/* "exit status 1", or "ended by signal 11 (Segmentation fault)". */
void explain_status(char *text, size_t size, int status);

#endif
