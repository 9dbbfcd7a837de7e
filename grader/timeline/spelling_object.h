/*
 * spelling_object.h - named semaphores, shared memory, mappings (spelling.c)
 *
 * glibc makes them of files in /dev/shm, which it opens, maps, links; a
 * semaphore is waited for by futex(2) on its address.
 */
#ifndef SPELLING_OBJECT_H
#define SPELLING_OBJECT_H

#include "spelling.h"
#include "words.h"

/* Notes what is mapped where. Returns 1 if spelled has got the call that a
 * program makes, 0 if this one is only a step of another, -1 if the call has
 * nothing to do with such objects. spelled has the result already. */
int spell_object(struct spelling *spelling, const struct words *words,
    struct spelled *spelled);

#endif
