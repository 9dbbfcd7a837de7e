/*
 * await.c - see await.h
 */
#include "await.h"

#include <string.h>

#include "cause.h"
#include "census.h"
#include "halves.h"
#include "watch.h"

/* Has it come true, or can it no longer? Returns -1 while it is open. */
static int
verdict(const struct request *request)
{
    const struct half_state *state = &halves[request->half].state;

    switch ((enum condition)request->condition) {
    case UNTIL_LINES:
        if (state->lines >= request->count)
            return OUTCOME_HOLDS;
        break;
    case UNTIL_BYTES:
        if (state->bytes[0] >= request->count)
            return OUTCOME_HOLDS;
        break;
    case UNTIL_ENDED:
        if (state->has_ended)
            return state->is_flood ? OUTCOME_FLOOD : OUTCOME_HOLDS;
        return -1;
    case UNTIL_SETTLED:
    case UNTIL_RESTING:
        return -1; /* only the proof can tell */
    }
    if (state->is_flood && state->has_ended)
        return OUTCOME_FLOOD;
    return state->has_ended ? OUTCOME_ENDED : -1;
}

static void
tell_cause(const struct hang *hang, struct reply *reply)
{
    struct part parts[HALVES];

    memset(parts, 0, sizeof parts);
    for (int i = 0; i < HALVES; i++) {
        const struct program *half = &halves[i];
        if (half->state.pid == 0 || half->state.has_ended)
            continue;
        parts[i].pid = half->state.pid;
        memcpy(parts[i].name, half->name, sizeof half->name);
        parts[i].input = half->input_inode;
        parts[i].is_fed = half->input != -1;
        parts[i].path = half->path;
        parts[i].relay = half->relay;
    }
    cause_tell(hang, parts, HALVES, reply->id, sizeof reply->id, reply->cause,
        sizeof reply->cause);
}

/* What can be seen only while a half lives is noted whenever it sits still. */
static void
note_maps(const char *own)
{
    static struct census_process process;
    static struct census_file files[CENSUS_FILES];
    size_t n = census_files(files, own);

    for (int i = 0; i < HALVES; i++) {
        struct half_state *state = &halves[i].state;
        if (state->pid == 0 || state->has_ended ||
            census_process(state->pid, &process) == -1)
            continue;
        for (uint32_t m = 0; m < process.maps; m++) {
            const struct census_map *map = &process.map[m];
            for (size_t f = 0; f < n; f++) {
                if (files[f].inode != map->inode ||
                    strncmp(map->path, "/dev/shm/", 9) == 0 ||
                    strcmp(files[f].where, "work") != 0)
                    continue;
                state->maps_private |= map->access[3] == 'p';
                state->maps_beyond |= map->offset >= (uint64_t)files[f].size;
            }
        }
    }
}

/* How long each half is going to rest at most, as far as its call tells. */
static void
note_timeouts(const struct hang *hang)
{
    for (int i = 0; i < HALVES; i++)
        halves[i].state.timeout = -1;
    for (uint32_t i = 0; i < hang->threads; i++) {
        struct program *half = halves_find(hang->thread[i].pid);
        int64_t timeout = hang_timeout(&hang->thread[i]);
        if (half == NULL || timeout == -1)
            continue;
        half->state.timeout = timeout;
        half->state.switches = hang->thread[i].switches;
    }
}

/* Whoever is held goes on when nobody else can: when all others wait for good,
 * or for something and not longer than a certain time. Who only sleeps will go
 * on by himself. */
static int
release_held(struct watch *watch)
{
    if (watch->still == STILL_NOT ||
        (watch->still == STILL_TIMED && hang_sleeps(&watch->hang)))
        return 0;
    int released = halves_release();
    if (released)
        watch_moved(watch);
    return released;
}

/* Does it count as rest if somebody is held? */
static int
may_stay_held(const struct request *request)
{
    return (request->condition == UNTIL_SETTLED ||
               request->condition == UNTIL_RESTING) &&
           request->count == WAIT_HELD_TOO;
}

/* What to think of it. */
static enum outcome
take(struct watch *watch, enum event event, pid_t caller)
{
    if (event == EVENT_CALLED)
        return watch_called(watch, caller);
    if (event == EVENT_NONE || event == EVENT_COMPLAINED)
        return watch_look(watch);
    watch_moved(watch);
    return watch_clock(watch);
}

/* Has something happened before the look, which says that nobody will? */
static int
is_late(struct watch *watch, int socket)
{
    pid_t caller;
    enum event event = halves_pump(socket, 0, &caller);

    if (event == EVENT_MOVED)
        watch_moved(watch);
    return event == EVENT_MOVED || event == EVENT_COMPLAINED ||
           event == EVENT_CALLED;
}

void
await(const struct request *request, struct reply *reply, int socket,
    const char *own)
{
    static struct watch watch;
    pid_t caller = 0;
    int result;

    watch_start(&watch, (enum condition)request->condition);
    while ((result = verdict(request)) == -1) {
        enum event event = halves_pump(socket, watch_pause(&watch), &caller);
        if (event == EVENT_ASKED)
            break; /* the item has gone */
        enum outcome seen = take(&watch, event, caller);
        int is_still = (event == EVENT_NONE || event == EVENT_COMPLAINED) &&
                       watch.still != STILL_NOT;
        if (is_still && (is_late(&watch, socket) ||
                            (!may_stay_held(request) && release_held(&watch))))
            continue;
        if (seen == OUTCOME_HOLDS)
            continue; /* nothing to tell yet */
        result = (int)seen;
        if (seen == OUTCOME_STUCK) {
            note_maps(own);
            note_timeouts(&watch.hang);
            if (request->condition == UNTIL_SETTLED ||
                request->condition == UNTIL_RESTING)
                result = OUTCOME_HOLDS;
        }
        tell_cause(&watch.hang, reply);
        for (int i = 0; i < HALVES; i++)
            if (halves[i].state.pid == watch.culprit)
                reply->culprit = i;
        break;
    }
    reply->slept = (uint32_t)watch.slept_in_all;
    reply->outcome = (uint32_t)result;
}
