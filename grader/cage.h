/*
 * cage.h - the limits of a program that is not trusted
 */
#ifndef CAGE_H
#define CAGE_H

#include <sys/resource.h>

enum {
    /* Of processor time for a program, as the clock's ticks sample it: those of
     * a busy machine may miss a third, and it must not come to an item's 9. */
    CAGE_SECONDS = 6,
    CAGE_DESCRIPTORS = 64 /* of a half; a power of two */
};

/* Takes every right and most resources from the calling process, for good:
 * no capabilities, no new privileges, limits on processor time, memory,
 * files. A sanitizer build needs all the address space there is.
 * Ends the process if that fails. */
void cage_close(int is_checked);

/* The whole environment of a half. Programs are found in kit/reference, too:
 * the reference client of lab 02 is a child. is_short: its reads and writes
 * move a few bytes at a time (short.c). */
char **cage_environment(const char *kit, int is_short);

/* Sets both limits to value. Returns 0, or -1 with errno set. */
int cage_limit(int resource, rlim_t value);

#endif
