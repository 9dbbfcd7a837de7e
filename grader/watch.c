/*
 * watch.c - see watch.h
 */
#include "watch.h"

#include <string.h>
#include <unistd.h>

#include "halves.h"
#include "lab.h"

enum {
    PAUSE_LIMIT = 16, /* ms between two looks, at most */
    /* Processor time for nothing that nobody needs, if nobody else has run
     * meanwhile, or wanted to. A sanitizer build takes 11 ms to start, a Windows
     * program 18. */
    SPIN_NS = 50000000,
    SPIN_NS_IN_WINE = 70000000,
    /* The same if others run, too: one of them may be about to bring what is
     * looked for. And a sanitizer that has found something looks for the lines of
     * the source before it says so. */
    SPIN_NS_AT_MOST = 500000000,
    POLL_LIMIT = 200,     /* wake-ups for nothing that nobody needs */
    CALL_LIMIT = 2000,    /* stopped calls without a result */
    CALLS_IN_ALL = 10000, /* and with results, byte by byte */
    LOOK_EVERY = 16,      /* calls, when there are many */
    SLEEP_MS = 5000,      /* asleep without a result, or about to be */
    DRIP_MS = 10000,      /* asleep, although now and then something moves */
    FLOW_MS = 120000,     /* with results, however many */
    STARVED_MS = 300000   /* in which the machine let nobody do anything */
};

int
watch_pause(struct watch *watch)
{
    int pause = watch->pause;

    watch->pause = pause == 0 ? 1 : pause * 2;
    if (watch->pause > PAUSE_LIMIT)
        watch->pause = PAUSE_LIMIT;
    return pause;
}

void
watch_moved(struct watch *watch)
{
    watch->pause = 1;
    watch->is_new = 1;
    watch->calls = 0;
    watch->slept = 0;
    watch->is_idle = 0;
    watch->moved = clock_ms();
}

void
watch_start(struct watch *watch, enum condition condition)
{
    memset(watch, 0, sizeof *watch);
    watch->condition = condition;
    watch->looked = clock_ms();
    watch_moved(watch);
    watch->began = watch->moved;
}

enum outcome
watch_clock(const struct watch *watch)
{
    return watch->slept_in_all > DRIP_MS || clock_ms() - watch->began > FLOW_MS
               ? OUTCOME_LIMIT
               : OUTCOME_HOLDS;
}

/* What it has burnt since something moved last; all, if it was not there. */
static uint64_t
burnt_since(const struct watch *watch, const struct hang_process *process)
{
    for (uint32_t i = 0; i < watch->processes; i++)
        if (watch->process[i].pid == process->pid &&
            watch->process[i].burnt <= process->burnt)
            return process->burnt - watch->process[i].burnt;
    return process->burnt;
}

/* What those that belong to a half, and are still there, have burnt since then.
 * Whoever belongs to none is one of a chain of them, each of which makes the
 * next and ends: together they are like a half. */
static uint64_t
burnt_by(const struct watch *watch, pid_t half)
{
    const struct hang *hang = &watch->hang;
    uint64_t burnt = 0;

    for (uint32_t i = 0; i < hang->processes; i++)
        if (hang->process[i].half == half)
            burnt += burnt_since(watch, &hang->process[i]);
    return burnt;
}

/* The half that has burnt most since then: another may have worked hard before.
 * Of its processes, that with the most. */
static pid_t
busiest(const struct watch *watch)
{
    const struct hang *hang = &watch->hang;
    pid_t pid = 0;
    uint64_t most = 0;
    uint64_t most_in_all = 0;

    for (uint32_t i = 0; i < hang->processes; i++) {
        const struct hang_process *process = &hang->process[i];
        uint64_t in_all = burnt_by(watch, process->half);
        uint64_t burnt = burnt_since(watch, process);
        if (pid != 0 &&
            (in_all < most_in_all || (in_all == most_in_all && burnt <= most)))
            continue;
        most_in_all = in_all;
        most = burnt;
        pid = process->pid;
    }
    return pid;
}

static pid_t
half_of(const struct watch *watch, pid_t pid)
{
    for (uint32_t i = 0; i < watch->hang.processes; i++)
        if (watch->hang.process[i].pid == pid)
            return watch->hang.process[i].half;
    return pid;
}

/* Whoever it is, the half that he belongs to has to answer for it. */
static enum outcome
blame(struct watch *watch, pid_t pid, enum outcome outcome)
{
    pid_t half = half_of(watch, pid);

    watch->culprit = half != 0 ? half : pid;
    return outcome;
}

static int
is_napper(const struct watch *watch, pid_t pid)
{
    for (uint32_t i = 0; i < watch->nappers; i++)
        if (watch->napper[i] == pid)
            return 1;
    return 0;
}

/* Between two naps it runs, so two looks rarely find a poller asleep twice; one
 * look, and what it burns, is enough to tell it from a spinner. */
static void
note_nappers(struct watch *watch)
{
    const struct hang *hang = &watch->hang;

    for (uint32_t i = 0; i < hang->threads; i++)
        if (hang->thread[i].kind == WAIT_TIMED &&
            !is_napper(watch, hang->thread[i].pid) && watch->nappers < NAPPERS)
            watch->napper[watch->nappers++] = hang->thread[i].pid;
}

/* From now on, since something has moved. */
static void
begin_counting(struct watch *watch)
{
    const struct hang *hang = &watch->hang;

    watch->burnt = hang->burnt;
    watch->alone = hang->burnt;
    watch->switches = hang->switches;
    watch->nappers = 0;
    watch->is_new = 0;
    watch->processes = hang->processes;
    memcpy(watch->process, hang->process,
        hang->processes * sizeof hang->process[0]);
}

/* The time since the last look, if nobody ran, or wanted to, at either: the load
 * of the machine lets nobody sleep longer. */
static void
count_sleep(struct watch *watch, enum stillness still)
{
    int64_t now = clock_ms();
    int is_idle = watch->hang.running == 0;

    if (is_idle && watch->is_idle) {
        watch->slept += now - watch->looked;
        watch->slept_in_all += now - watch->looked;
    }
    watch->is_idle = is_idle;
    watch->still = still;
    watch->looked = now;
}

/* Has nobody run since the last look, or wanted to, but halves that have burnt
 * so much that they spin, too? */
static int
is_alone(struct watch *watch, pid_t spinner, uint64_t limit)
{
    const struct hang *hang = &watch->hang;
    uint64_t before = watch->others;
    int wants = 0;

    watch->others = 0;
    for (uint32_t i = 0; i < hang->threads; i++) {
        pid_t half = half_of(watch, hang->thread[i].pid);
        if (half == spinner || burnt_by(watch, half) > limit)
            continue;
        watch->others += hang->thread[i].switches;
        wants |= hang->thread[i].state == 'R';
    }
    return !wants && watch->others == before;
}

static int
has_checked(void)
{
    for (int i = 0; i < HALVES; i++)
        if (halves[i].is_checked)
            return 1;
    return 0;
}

/* Has it been enough? On a busy machine a spinner may keep the others from the
 * processor: then it is not its fault that nothing comes. */
static int
is_spinning(struct watch *watch)
{
    const struct hang *hang = &watch->hang;
    uint64_t limit = hang->server > 0 ? SPIN_NS_IN_WINE : SPIN_NS;

    if (!is_alone(watch, half_of(watch, busiest(watch)), limit) ||
        has_checked())
        watch->alone = hang->burnt;
    return hang->burnt > watch->alone + limit ||
           hang->burnt > watch->burnt + SPIN_NS_AT_MOST;
}

/* Has it been enough, or will it be? A sleeper may do a little each time, and so
 * never come to rest. */
static int
is_sleeping(const struct watch *watch)
{
    int64_t slept =
        watch->condition == UNTIL_SETTLED ? watch->slept_in_all : watch->slept;

    return slept > SLEEP_MS || hang_rest(&watch->hang) > SLEEP_MS;
}

static int
is_polling(const struct watch *watch)
{
    return watch->hang.switches > watch->switches &&
           watch->hang.switches - watch->switches > POLL_LIMIT;
}

/* On a busy machine a poller may sleep long without waking up often. So what it
 * is called depends on what it has asked for, if its call says that. */
static int
has_short_naps(const struct watch *watch)
{
    int64_t nap = hang_rest(&watch->hang);

    return nap > 0 ? nap < SLEEP_MS / POLL_LIMIT : is_polling(watch);
}

enum outcome
watch_look(struct watch *watch)
{
    enum stillness still = hang_prove(&watch->hang);
    const struct hang *hang = &watch->hang;

    count_sleep(watch, still);
    if (still == STILL_STUCK ||
        (still == STILL_TIMED && watch->condition == UNTIL_RESTING))
        return OUTCOME_STUCK;
    if (watch->is_new)
        begin_counting(watch);
    note_nappers(watch);
    if (is_spinning(watch)) {
        pid_t pid = busiest(watch);
        return blame(
            watch, pid, is_napper(watch, pid) ? OUTCOME_POLLS : OUTCOME_SPINS);
    }
    if (still == STILL_TIMED && (is_polling(watch) || is_sleeping(watch)))
        return blame(watch, hang->timed,
            has_short_naps(watch) ? OUTCOME_POLLS : OUTCOME_LIMIT);
    if (still == STILL_NOT && hang->odd != 0 && watch->slept > SLEEP_MS)
        return blame(watch, hang->odd, OUTCOME_ODD);
    return clock_ms() - watch->moved > STARVED_MS ? OUTCOME_STARVED
                                                  : OUTCOME_HOLDS;
}

/* All calls of Windows programs are told (relay.h), and none of their bytes is
 * a call that is. */
static int
has_relay(void)
{
    for (int i = 0; i < HALVES; i++)
        if (halves[i].relay != NULL)
            return 1;
    return 0;
}

enum outcome
watch_called(struct watch *watch, pid_t pid)
{
    watch->pause = 1;
    watch->culprit = pid;
    if (++watch->calls_in_all > CALLS_IN_ALL && !has_relay())
        return OUTCOME_FLOOD;
    if (++watch->calls > CALL_LIMIT)
        return OUTCOME_SPINS;
    if (watch->calls <= POLL_LIMIT) { /* to be stopped is to be switched */
        watch->is_new = 1;
        return OUTCOME_HOLDS;
    }
    if (watch->calls % LOOK_EVERY != 0)
        return OUTCOME_HOLDS;
    enum outcome seen = watch_look(watch);
    return seen == OUTCOME_STUCK ? OUTCOME_HOLDS : seen; /* he was just here */
}
