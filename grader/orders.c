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
    MOMENTS = 4 * OF_A_HALF
};

/* What is being done in this play, for the words of a lost item. */
static struct {
    const char *id; /* NULL: nothing is done */
    const char *call;
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

static const char *
name_of(int half)
{
    return pair_half(half)->name;
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
    pair_again(1);
    direct(moment->half, &rule, START_LOGGED);
}

static size_t
find_ready(const struct call_entry *calls, size_t n)
{
    size_t i = 0;

    while (i < n && strcmp(calls[i].what, "write(standard output)") != 0)
        i++;
    return i;
}

static int
is_server(const struct half_view *half)
{
    return strstr(half->name, "server") != NULL;
}

/* Notes the calls of a half that are worth a play, from a server's "ready" on:
 * the first of a kind; the second too, unless it is about a stream. */
static size_t
choose(struct moment *moments, const struct half_view *half)
{
    const struct call_entry *calls;
    size_t n = half_calls(half, &calls);
    size_t first = is_server(half) ? find_ready(calls, n) + 1 : 0;
    size_t chosen = 0;

    if (first > n) /* it has none */
        first = 0;
    for (size_t i = first; i < n && chosen < OF_A_HALF; i++)
        if (calls[i].nth == 1 ||
            (calls[i].nth == 2 && (calls[i].flags & CALL_STREAM) == 0))
            moments[chosen++] = (struct moment){half->number, calls[i]};
    return chosen;
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
        if (half->side != REFERENCE && n + OF_A_HALF <= MOMENTS)
            n += choose(moments + n, half);
    now.id = "ORDER1";
    for (size_t i = 0; i < n; i++) {
        const struct call_entry *call = &moments[i].call;
        snprintf(now.words, sizeof now.words,
            "%s is late: it comes to its %s%s when the others have ended, or "
            "wait for it",
            name_of(moments[i].half), ordinal(call->nth), call->what);
        direct_at(&moments[i], RULE_HOLD);
        play();
    }
    now.id = NULL;
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
        "read() gives 7 bytes at a time, and write() takes 4,096");
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
    pair_wait(half, UNTIL_SETTLED, 0);
    size_t n = half_calls(half, &calls);
    size_t end = is_server(half) ? find_ready(calls, n) : n;
    for (size_t i = 0; i < end && chosen < OF_A_HALF; i++)
        if (calls[i].error != 0 && calls[i].nth <= 2)
            moments[chosen++] = (struct moment){half->number, calls[i]};
    expect_that(half, chosen > 0, "",
        "the half asks the system for something: a file, a name, memory",
        "no such call");
    now.id = "ERR1";
    for (size_t i = 0; i < chosen; i++) {
        const char *reason = strerror(moments[i].call.error);
        snprintf(now.words, sizeof now.words, "%s of %s fails (%s)",
            moments[i].call.what, half->name, reason);
        direct_at(&moments[i], RULE_FAIL);
        half = set_up();
        expect_exit(half, 1);
        expect_said(half, reason, NULL);
        if (is_server(half))
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
        if ((calls[i].flags & flags) == flags && calls[i].nth == 1)
            moments[chosen++] = (struct moment){half, calls[i]};
    now.id = "";
    for (size_t i = 0; i < chosen; i++) {
        snprintf(now.words, sizeof now.words, "%s is killed before its %s",
            name_of(half), moments[i].call.what);
        direct_at(&moments[i], RULE_KILL);
        rest();
    }
    now.id = NULL;
}

/* Has what was to be done been done? */
static int
was_done(void)
{
    struct half_view *half;

    if (strcmp(now.id, "AP4") == 0)
        return 1;
    for (int i = 0; (half = pair_half(i)) != NULL; i++)
        if ((now.half == -1 || now.half == i) && half_was_ruled(half))
            return 1;
    return 0;
}

/* The same play without it has gone well: that alone is the reason. */
static int
is_only_difference(void)
{
    return strcmp(now.id, "EINTR1") == 0 || strcmp(now.id, "AP4") == 0;
}

/* Did the half go on, or crash, with what a failed mmap() or shmat() returns? */
static const char *
id_of_failure(void)
{
    const struct half_view *half = pair_half(now.half);

    if (strcmp(now.id, "ERR1") != 0 || half == NULL ||
        (half_state(half)->has_ended && WIFEXITED(half_state(half)->status)))
        return "";
    if (strncmp(now.call, "mmap", 4) == 0)
        return "FM9";
    return strncmp(now.call, "shmat", 5) == 0 ? "SV8" : "";
}

void
orders_explain(void)
{
    char *id = pair_verdict->id;
    size_t size = sizeof pair_verdict->id;

    if (now.id == NULL || !was_done())
        return;
    if (id_of_failure()[0] != '\0')
        snprintf(id, size, "%s", id_of_failure());
    else if (id[0] == '\0' || is_only_difference())
        snprintf(id, size, "%s", now.id);
}
