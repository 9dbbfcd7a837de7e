/*
 * deadlines.c - see deadlines.h
 */
#include "deadlines.h"

#include <stdlib.h>
#include <string.h>

#include "expect.h"
#include "explain.h"
#include "lab.h"
#include "phrases.h"

enum {
    ROUNDING = 6,  /* ms, of all the clocks that were read */
    PATIENCE = 200 /* ms: who is slower than that is never on time */
};

const char huge[] = "2147483647";

static void
post_letter(void)
{
    post(nonce(1), strlen(nonce(1)));
}

static void
post_stranger(void)
{
    post_too_long(TEXT_LIMIT + 1);
}

/* How long the half is going to rest at most, in milliseconds: what its system
 * calls and its Win32 calls say of it; -1 if they do not. */
static int64_t
rest_of(const struct half_view *half)
{
    const struct relay_call *calls;
    size_t n = half_relay(half, &calls);
    int64_t rest = half_state(half)->timeout;

    for (size_t i = 0; i < n; i++) {
        int64_t own = calls[i].has_returned ? -1 : relay_timeout(&calls[i]);
        if (own != -1 && (rest == -1 || own < rest))
            rest = own;
    }
    return rest;
}

/* It does not wake up before something has come, or huge has passed. */
static int
is_patient(const struct half_view *half)
{
    int64_t rest = rest_of(half);

    return rest == -1 || rest > atoll(huge) / 2;
}

/* Has the time begun anew with what was sent? What is left of it stands in the
 * call in which the server rests. More is sent until more time has passed since
 * the server rested first than one message takes: then the two answers cannot
 * be taken for each other, however slow the machine is. Returns -1 if nobody
 * can see it: the time is kept elsewhere (in a timer, an option of the socket),
 * the thread that waits was not woken, or what was sent was printed after all.
 * started: a moment before the server was. */
static int
is_time_anew(struct half_view *server, long long started,
    void (*send_one)(void), uint32_t printed)
{
    const struct half_state *state = half_state(server);
    const long long limit = atoll(huge);
    const long long began = clock_ms();

    for (;;) {
        uint64_t switches = state->switches;
        uint32_t lines = state->lines;
        long long sent = clock_ms();
        send_one();
        settle_for_now(server);
        long long seen = clock_ms();
        if (state->timeout == -1 || state->has_ended ||
            state->switches == switches || state->lines != lines + printed)
            return -1;
        if (sent - began <= seen - sent + ROUNDING)
            continue;
        if (state->timeout >= limit - (seen - sent) - ROUNDING / 2)
            return 1;
        return state->timeout >= limit - (seen - started) - ROUNDING ? 0 : -1;
    }
}

/* Starts a server whose "ready" finds a full pipe, and lets it go on when more
 * time has passed than it needs to come to rest: what is left of TIMEOUT then
 * tells since when it counts. On a slow machine that takes another turn. */
static struct half_view *
expect_time_from_ready(void)
{
    const struct start held = {.flags = START_HOLD};
    const size_t since = noted();

    for (long long patience = 2 * ROUNDING;; patience *= 2) {
        struct half_view *server = run_server_as(&held, STUDENT, "0", huge);
        note("nobody reads its \"ready\" for a while");
        settle(server);
        long long began = clock_ms();
        while (clock_ms() - began < patience)
            settle(server);
        long long released = clock_ms();
        half_release(server);
        expect_line(server, "ready");
        settle_for_now(server);
        long long late = clock_ms() - released + ROUNDING;
        long long timeout = half_state(server)->timeout;
        int is_known = timeout > atoll(huge) / 2 && timeout <= atoll(huge);
        if (is_known && late >= patience && patience < PATIENCE) {
            put_away(server);
            forget(since);
            continue;
        }
        expect_that(server, !is_known || timeout >= atoll(huge) - late,
            either("MS16", "WM4"),
            "TIMEOUT counts from \"ready\", and anew from each printed message",
            "it began %lld milliseconds before \"ready\" was read, or more",
            atoll(huge) - timeout - late);
        return server;
    }
}

static void
expect_time_anew(void)
{
    long long started = clock_ms();
    struct half_view *server = expect_time_from_ready();

    expect_that(server, is_time_anew(server, started, &post_letter, 1) != 0,
        either("MS16", "WM4"),
        "TIMEOUT counts from \"ready\", and anew from each printed message",
        "a message was printed, and the time did not begin anew");
    if (pair_target()->has_wine) /* a slot may take no longer ones */
        return;
    expect_that(server, is_time_anew(server, started, &post_stranger, 0) != 1,
        "MS16",
        "TIMEOUT counts from \"ready\", and anew from each printed message",
        "the time began anew with a message that was not printed");
}

/* It was not given a limit that could have passed. */
static void
expect_no_timeout(struct half_view *server)
{
    size_t size;
    int is_timeout = strstr(half_output(server, 1, &size), "timeout") != NULL;

    if (half_state(server)->has_ended && !is_timeout)
        explain(server, pair_wait(server, UNTIL_ENDED, 0));
    expect_that(server, !half_state(server)->has_ended,
        is_timeout ? either("MS10", "WM3") : "",
        "the server waits for messages", "%s",
        is_timeout ? "\"timeout\", before that time has passed"
                   : "it has ended");
}

/* Whoever takes TIMEOUT for seconds asks for a longer rest than that. */
static void
expect_milliseconds(void)
{
    struct half_view *server = run_server(STUDENT, "0", "1000000");

    expect_line(server, "ready");
    settle_for_now(server);
    expect_no_timeout(server);
    long long timeout = half_state(server)->timeout;
    expect_that(server, timeout < 2000000, either("MS10", "WM3"),
        "the server waits for 1000000 milliseconds", "for %lld milliseconds",
        timeout);
    put_away(server);
}

void
expect_one_wait(void)
{
    struct half_view *server = run_server(STUDENT, "0", huge);

    expect_line(server, "ready");
    struct reply reply = *pair_wait(server, UNTIL_RESTING, 0);
    if (reply.outcome != OUTCOME_HOLDS)
        explain(server, &reply);
    expect_that(server, reply.outcome == OUTCOME_HOLDS, "",
        "a server with a TIMEOUT waits without using the processor", "no rest");
    expect_that(server, is_patient(server), "SPIN2",
        "a server waits once for all of its TIMEOUT",
        "it wakes up after %lld milliseconds", (long long)rest_of(server));
}

void
check_timeout(void)
{
    struct half_view *server = run_server(STUDENT, "0", "0");

    expect_line(server, "ready");
    settle(server); /* which proves that no clock will wake it */
    expect_no_timeout(server);
    put_away(server);
    server = run_server(STUDENT, "0", huge);
    expect_line(server, "ready");
    settle_for_now(server);
    expect_no_timeout(server);
    post(nonce(0), strlen(nonce(0)));
    settle_for_now(server);
    if (!is_patient(server)) /* which another item is about */
        pair_wait(server, UNTIL_LINES, 2);
    expect_that(server, half_state(server)->lines == 2, "",
        "a line for each message, as without TIMEOUT", "%u lines",
        (unsigned int)half_state(server)->lines - 1);
    expect_text(server, nonce(0));
    put_away(server);
    expect_milliseconds();
    server = run_server(STUDENT, "0", "1");
    expect_output(server, "ready\ntimeout\n");
    expect_exit(server, 0);
    expect_left(server, NULL);
    expect_time_anew();
}
