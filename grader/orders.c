/*
 * orders.c - see orders.h
 */
#include "orders.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "expect.h"
#include "explain.h"
#include "text.h"

/* One call of one half, at which something is done. */
struct moment {
    int half;
    struct call_entry call;
};

enum {
    OF_A_HALF = 24, /* moments at most */
    MOMENTS = 4 * OF_A_HALF,
    LAST_ERROR = 133 /* errno(3) */
};

/* What is being done in this play, for the words of a lost item. */
static struct {
    const char *id; /* NULL: nothing is done */
    const char *call;
    int error; /* with which it fails */
    char words[240];
    int half; /* -1: to all of the student's */
} now;

static const char *
ordinal(uint32_t n)
{
    static char text[16];
    static const char *const words[] = {"", "2nd ", "3rd "};

    if (n >= 1 && n <= 3)
        return words[n - 1];
    snprintf(text, sizeof text, "%uth ", (unsigned int)n);
    return text;
}

/* Who makes a call, and which: in the log a child's call is one of the half
 * that has started it, "child: read(standard input)". */
static const char *
call_of(const struct moment *moment)
{
    const char *what = moment->call.what;
    size_t word = strcspn(what, ":(");

    return what[word] == ':' ? what + word + 2 : what;
}

static const char *
name_of(const struct moment *moment)
{
    static char text[96];
    const char *what = moment->call.what;
    int word = (int)(call_of(moment) - what);

    snprintf(text, sizeof text, "%s%.*s%s%s", word > 0 ? "the " : "",
        word > 0 ? word - 2 : 0, what, word > 0 ? " of " : "",
        pair_half(moment->half)->name);
    return text;
}

/* The next play: it is told in the row "run" what is done in it. */
static void
direct(int half, const struct rule *rule, unsigned int flags)
{
    now.half = half;
    pair_direct(flags, half, rule);
    text_add(pair_verdict->run, sizeof pair_verdict->run, "%s:", now.words);
}

static void
direct_at(const struct moment *moment, enum rule_verb verb)
{
    struct rule rule = {
        .verb = verb, .nth = moment->call.nth, .error = moment->call.error};

    memcpy(rule.call, moment->call.what, sizeof rule.call);
    now.call = moment->call.what;
    now.error = moment->call.error;
    pair_again(1);
    direct(moment->half, &rule, START_LOGGED);
}

static int
is_server(const struct half_view *half)
{
    return strstr(half->name, "server") != NULL;
}

/* The call with which a server lets the other half come: it says "ready", or
 * starts it. */
static const char *
invitation(struct half_view *half)
{
    size_t size;

    return strncmp(half_output(half, 1, &size), "ready\n", 6) == 0
               ? "write(standard output)"
               : "fork()";
}

static int
is_removal(const struct call_entry *call)
{
    return strncmp(call->what, "unlink", 6) == 0 ||
           strstr(call->what, "(IPC_RMID)") != NULL;
}

static int
is_thread(const struct call_entry *call)
{
    return strcmp(call->what, "pthread_create()") == 0;
}

/* Threads are nobody else's business, and before execve() a child may keep its
 * parent from doing anything: vfork(2). */
static int
is_before_program(const struct call_entry *call)
{
    return is_thread(call) || strncmp(call->what, "child: execve", 13) == 0;
}

/* Is it worth a play? The first call of a kind is, from calls on; the second
 * too, unless it is about a stream. Whoever is late to a call that is his own
 * business is late to the next one, and who clears away is late once. */
static int
is_new(const struct call_entry *calls, const struct call_entry *call)
{
    int before = 0;

    if ((call->flags & CALL_ALONE) != 0 || is_before_program(call) ||
        (is_removal(call) && call > calls && is_removal(call - 1)))
        return 0;
    for (; calls < call; calls++)
        before += strcmp(calls->what, call->what) == 0;
    return before == 0 || (before == 1 && (call->flags & CALL_STREAM) == 0);
}

/* Notes the calls of a half at which it is held: a server's when the other half
 * may have come. */
static size_t
choose(struct moment *moments, struct half_view *half)
{
    const struct call_entry *calls;
    const char *begin = invitation(half);
    size_t n = half_calls(half, &calls);
    size_t first = 0;
    size_t chosen = 0;

    while (first < n && strcmp(calls[first].what, begin) != 0)
        first++;
    first = is_server(half) && first < n ? first + 1 : 0;
    for (size_t i = first; i < n && chosen < OF_A_HALF; i++)
        if (is_new(calls + first, calls + i))
            moments[chosen++] = (struct moment){half->number, calls[i]};
    return chosen;
}

/* Of several that run the same program only the first is held: it makes no
 * difference which one is late. */
static int
is_twin(const struct half_view *half)
{
    for (int i = 0; i < half->number; i++)
        if (pair_half(i)->side == half->side &&
            strcmp(pair_half(i)->name, half->name) == 0)
            return 1;
    return 0;
}

void
orders_pause(struct half_view *half)
{
    if (orders_is_holding())
        pair_wait(half, UNTIL_RESTING, WAIT_HELD_TOO);
    else /* who does not wait cannot be waited for: it has no order */
        expect_settled(half);
}

void
orders_hold(void (*play)(void))
{
    static struct moment moments[MOMENTS];
    struct half_view *half;
    size_t n = 0;

    pair_direct(START_LOGGED, -1, NULL);
    play();
    for (int i = 0; (half = pair_half(i)) != NULL; i++)
        if (half->side != REFERENCE && !is_twin(half) &&
            n + OF_A_HALF <= MOMENTS)
            n += choose(moments + n, half);
    now.id = "ORDER1";
    for (size_t i = 0; i < n; i++) {
        const struct call_entry *call = &moments[i].call;
        snprintf(now.words, sizeof now.words,
            "%s is late: it comes to its %s%s when the others have ended, or "
            "wait for it",
            name_of(&moments[i]), ordinal(call->nth), call_of(&moments[i]));
        direct_at(&moments[i], RULE_HOLD);
        play();
    }
    now.id = NULL;
}

int
orders_is_holding(void)
{
    return now.id != NULL;
}

void
orders_interrupt(void (*play)(void))
{
    const struct rule rule = {.verb = RULE_INTERRUPT};

    play();
    pair_again(1);
    now.id = "EINTR1";
    snprintf(now.words, sizeof now.words,
        "every call that waits is interrupted by a signal, once");
    direct(-1, &rule, START_LOGGED);
    play();
    now.id = NULL;
}

void
orders_shorten(void (*play)(void))
{
    play();
    pair_again(1);
    now.id = "AP4";
    snprintf(now.words, sizeof now.words,
        "every other read() gives 7 bytes, and write() takes 4,096");
    direct(-1, NULL, START_SHORT);
    play();
    now.id = NULL;
}

void
orders_fail(struct half_view *(*set_up)(void), const char *stays)
{
    static struct moment moments[OF_A_HALF];
    const struct call_entry *calls;
    size_t chosen = 0;

    pair_direct(START_LOGGED, -1, NULL);
    struct half_view *half = set_up();
    expect_waiting(half, "for something to do, when nothing has failed");
    size_t n = half_calls(half, &calls);
    for (size_t i = 0; i < n && chosen < OF_A_HALF; i++)
        if (calls[i].error != 0 && calls[i].nth <= 2)
            moments[chosen++] = (struct moment){half->number, calls[i]};
    expect_that(half, chosen > 0, "",
        "the half asks the system for something: a file, a name, memory",
        "no such call");
    now.id = "ERR1";
    for (size_t i = 0; i < chosen; i++) {
        const char *reason = strerror(moments[i].call.error);
        snprintf(now.words, sizeof now.words, "%s%s of %s fails (%s)",
            ordinal(moments[i].call.nth), moments[i].call.what, half->name,
            reason);
        direct_at(&moments[i], RULE_FAIL);
        half = set_up();
        expect_exit(half, 1);
        expect_said(half, reason, NULL);
        pair_wait(half, UNTIL_SETTLED, 0); /* a child sees the end, too */
        if (is_server(half) || stays != NULL)
            expect_left(half, stays, NULL);
    }
    now.id = NULL;
}

void
orders_refuse(int half, const char *call, int error)
{
    struct rule rule = {.verb = RULE_FAIL, .nth = 1, .error = error};

    snprintf(rule.call, sizeof rule.call, "%s", call);
    now.id = "ERR1";
    now.call = call;
    snprintf(now.words, sizeof now.words, "its %.*s() fails: %s",
        (int)strcspn(call, "("), call, strerror(error));
    pair_again(1);
    direct(half, &rule, START_LOGGED);
}

void
orders_kill(
    void (*play)(void), int half, unsigned int flags, void (*rest)(void))
{
    static struct moment moments[OF_A_HALF];
    const struct call_entry *calls;
    size_t chosen = 0;

    pair_direct(START_LOGGED, half, NULL);
    play();
    size_t n = half_calls(pair_half(half), &calls);
    for (size_t i = 0; i < n && chosen < OF_A_HALF; i++)
        if ((calls[i].flags & (flags | CALL_CHILD)) == flags &&
            calls[i].nth == 1 && !is_thread(&calls[i]))
            moments[chosen++] = (struct moment){half, calls[i]};
    now.id = "";
    /* Before its first name was made there is nothing to be left. */
    for (size_t i = (flags & CALL_NAMES) != 0; i < chosen; i++) {
        snprintf(now.words, sizeof now.words, "%s is killed before its %s",
            name_of(&moments[i]), call_of(&moments[i]));
        direct_at(&moments[i], RULE_KILL);
        rest();
    }
    now.id = NULL;
}

void
orders_begin_over(void)
{
    pair_again(0);
    pair_direct(0, 0, NULL);
    text_add(pair_verdict->run, sizeof pair_verdict->run,
        "%s, and then again:", now.words);
}

/* Has what was to be done been done? If two are fast enough, nobody needs to be
 * held. */
static int
was_done(void)
{
    struct half_view *half;

    if (strcmp(now.id, "AP4") == 0 || strcmp(now.id, "ORDER1") == 0)
        return 1;
    for (int i = 0; (half = pair_half(i)) != NULL; i++)
        if ((now.half == -1 || now.half == i) && half_was_ruled(half))
            return 1;
    return 0;
}

/* The same play without it has gone well: that alone is the reason. If a call
 * has failed, only when the half would have had to end, and has not. */
static int
is_only_difference(void)
{
    if (strcmp(now.id, "ERR1") == 0)
        return pair_half(now.half) != NULL &&
               !half_state(pair_half(now.half))->has_ended;
    /* Who spins meanwhile is waiting in the wrong way. */
    int outcome = pair_verdict->outcome;
    return now.id[0] != '\0' && outcome != OUTCOME_SPINS &&
           outcome != OUTCOME_POLLS && outcome != OUTCOME_LIMIT;
}

/* Has the half gone on after its call has failed? Not if it has ended, and
 * tells no other reason. */
static int
has_gone_on(struct half_view *half)
{
    const struct half_state *state = half_state(half);
    size_t size;

    if (!state->has_ended || state->status != 1 << 8)
        return 1;
    const char *said = half_output(half, 2, &size);
    for (int error = 1; error <= LAST_ERROR; error++)
        if (strstr(said, strerror(error)) != NULL)
            return error != now.error;
    return 0;
}

/* The id of a call that has failed: mmap() and shmat() have ids of their own if
 * the half has crashed, or waits, with what they return. */
static const char *
id_of_failure(void)
{
    struct half_view *half = pair_half(now.half);

    if (half == NULL || !has_gone_on(half))
        return "";
    if (half_state(half)->has_ended && WIFEXITED(half_state(half)->status))
        return "ERR1";
    return strncmp(now.call, "mmap", 4) == 0    ? "FM9"
           : strncmp(now.call, "shmat", 5) == 0 ? "SV8"
                                                : "ERR1";
}

void
orders_explain(void)
{
    char *id = pair_verdict->id;
    size_t size = sizeof pair_verdict->id;

    if (now.id == NULL || !was_done())
        return;
    const char *found = strcmp(now.id, "ERR1") == 0 ? id_of_failure() : now.id;
    int is_sure = strcmp(found, "FM9") == 0 || strcmp(found, "SV8") == 0 ||
                  is_only_difference();
    if (id[0] == '\0' || is_sure)
        snprintf(id, size, "%s", found);
}
