/*
 * watch.h - decides when there is no point in waiting any longer
 */
#ifndef WATCH_H
#define WATCH_H

#include <stdint.h>
#include <sys/types.h>

#include "hang.h"
#include "wire.h"

enum {
    NAPPERS = 16
};

struct watch {
    struct hang hang;         /* what the last look saw */
    enum condition condition; /* what is waited for */
    enum stillness still;     /* at the last look */
    int64_t began;            /* when, in ms (clock_ms()) */
    int64_t moved;            /* when something moved last */
    int is_idle;              /* nobody ran at the last look */
    int64_t looked;           /* when the last look was, in ms */
    int64_t slept;            /* ms in which everybody slept since it moved */
    int64_t slept_in_all;     /* ms, in the whole wait */
    int pause;                /* milliseconds until the next look */
    int is_new;               /* something moved: the counts below are stale */
    uint64_t burnt;     /* processor time when something moved last, in ns */
    uint64_t alone;     /* the same, when somebody else ran last */
    uint64_t others;    /* context switches of all others */
    uint32_t processes; /* what each of them had burnt then */
    struct hang_process process[PROC_LIMIT];
    uint64_t switches;     /* context switches then */
    uint32_t calls;        /* stopped (control.h) since something moved */
    uint32_t calls_in_all; /* the same, in the whole wait */
    pid_t culprit;         /* the half that spins or polls, or 0 */
    pid_t napper[NAPPERS]; /* who was seen to wait for a clock since then */
    uint32_t nappers;
};

void watch_start(struct watch *watch, enum condition condition);

/* How long to wait for something to happen before looking again, in ms. Grows
 * while nothing happens; bounded, so that a hang is told at once. */
int watch_pause(struct watch *watch);

/* Something happened: a byte moved, a process ended. */
void watch_moved(struct watch *watch);

/* A call of the process was stopped and went on. OUTCOME_SPINS: it has made
 * more of them without a result than anybody needs; OUTCOME_FLOOD: with results,
 * as little as a byte each. */
enum outcome watch_called(struct watch *watch, pid_t pid);

/* While bytes flow, only the last limit of all can end the wait. */
enum outcome watch_clock(const struct watch *watch);

/* Looks at all processes. OUTCOME_HOLDS: nothing to tell, go on waiting.
 * OUTCOME_STUCK: proved (hang.h), for UNTIL_RESTING up to a timeout.
 * OUTCOME_SPINS and OUTCOME_POLLS are told by processor time and by wake-ups
 * spent without a result, not by the clock.
 * OUTCOME_LIMIT: somebody sleeps, and for 5 s nothing has come of it, or no
 * rest, or nobody will wake up for so long. Time in which somebody ran, or wanted
 * to, does not count: the load of the machine lets nobody sleep longer.
 * OUTCOME_ODD: for 5 s nobody has run, but somebody does not wait in any way
 * that we know: stopped by a tracer, or until its vfork(2) returns.
 * OUTCOME_STARVED: nobody waits, nobody runs, for minutes: machine trouble. */
enum outcome watch_look(struct watch *watch);

#endif
