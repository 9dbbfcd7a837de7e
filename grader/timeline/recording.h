/*
 * recording.h - a repeated run of a lost item, as the warden has traced it
 */
#ifndef RECORDING_H
#define RECORDING_H

#include "timeline.h"

/* Can runs be traced at all? */
int recording_is_possible(void);

/* Asks a new warden to trace all halves. Returns 0, or -1. */
int recording_begin(int socket);

/* When the item is over, but nothing in the sandbox has been ended yet: makes
 * the timeline. Waits for a few seconds at most. is_stuck: see timeline.h.
 * has_wine: from what Wine has told; nothing needs to have been begun. Returns
 * 0, or -1: then an answer may still come. */
int recording_take(
    int socket, struct timeline *timeline, int has_wine, int is_stuck);

#endif
