/*
 * timeline.h - the last calls of all halves of a lost item, in one column
 *
 * Made from what strace(1) wrote beside each half in a repeated run (trace.h),
 * or from what Wine told of it in the first one (relay.h): merged by time, what
 * repeats folded, the beginning left out.
 */
#ifndef TIMELINE_H
#define TIMELINE_H

#include <stddef.h>
#include <stdio.h>

#include "trace.h"

enum {
    TIMELINE_LINES = 16, /* calls and ends */
    TIMELINE_ALL = 32    /* and what tells of others left out */
};

enum timeline_state {
    TIMELINE_NONE,
    TIMELINE_SHOWN,
    TIMELINE_WON /* the repeated run did not lose the item */
};

enum timeline_kind {
    TIMELINE_CALL,
    TIMELINE_WAITS, /* it has not returned from this call */
    TIMELINE_STUCK, /* and it never will: that is proved (hang.h) */
    TIMELINE_RUNS,  /* it is in no call */
    TIMELINE_ENDED,
    TIMELINE_MORE /* others like the ones before it, or simply others */
};

struct timeline_line {
    enum timeline_kind kind;
    double time;   /* ms since the first half became its program */
    int column;    /* 0: of the half that was started first; 1: of another */
    char half[32]; /* "server"; "server+1": a child or thread of it */
    char call[200];
    char result[96];
};

struct timeline {
    enum timeline_state state;
    size_t n;
    struct timeline_line line[TIMELINE_ALL];
};

/* Makes it from traces as trace_give() writes them, size bytes. is_stuck: the
 * run ended because nothing would happen any more. If the trace of a half is
 * missing, or the bytes make no sense, the timeline stays TIMELINE_NONE. */
void timeline_make(
    struct timeline *timeline, const char *traces, size_t size, int is_stuck);

/* The same from what halves_tell_relay() writes: of Windows programs. */
void timeline_make_relay(
    struct timeline *timeline, const char *calls, size_t size, int is_stuck);

/* Writes it in lines of at most 80 columns, each indented. */
void timeline_show(FILE *stream, const struct timeline *timeline, int indent);

/* The word in front of a line instead of its time, or NULL. */
const char *timeline_word(enum timeline_kind kind);

#endif
