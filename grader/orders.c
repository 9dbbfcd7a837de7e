/*
 * orders.c - see orders.h
 */
#include "orders.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "expect.h"
#include "explain.h"
#include "text.h"

/* One call of one half, at which something is done. */
struct moment {
    int half;
    struct call_entry call;
};

enum {
    MOMENTS = 4 * ORDER_MOMENTS
};

/* What is being done in this play, for the words of a lost item. */
static struct {
    const char *id;
    char words[200];
    int half; /* -1: all */
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

static void
play_again(int half, const struct rule *rule, unsigned int flags)
{
    pair_again(1);
    pair_direct(flags, half, rule);
    text_add(pair_verdict->run, sizeof pair_verdict->run, "%s: ", now.words);
}

/* Notes the calls of a half that are worth a play: not more than two of a
 * kind; of a server, those after its "ready". */
static size_t
choose(struct moment *moments, size_t room, const struct half_view *half)
{
    const struct call_entry *calls;
    size_t n = half_calls(half, &calls);
    size_t from = 0;
    size_t chosen = 0;

    if (strstr(half->name, "server") != NULL)
        for (size_t i = 0; i < n && from == 0; i++)
            if (strcmp(calls[i].what, "write(standard output)") == 0)
                from = i + 1;
    if (room > ORDER_MOMENTS)
        room = ORDER_MOMENTS;
    for (size_t i = from; i < n && chosen < room; i++)
        if (calls[i].nth <= 2)
            moments[chosen++] = (struct moment){half->number, calls[i]};
    return chosen;
}

void
orders_hold(void (*play)(void))
{
    static struct moment moments[MOMENTS];
    struct rule rule = {.verb = RULE_HOLD};
    struct half_view *half;
    size_t n = 0;

    pair_direct(START_LOGGED, -1, NULL);
    play();
    for (int i = 0; (half = pair_half(i)) != NULL; i++)
        if (half->side != REFERENCE)
            n += choose(moments + n, MOMENTS - n, half);
    now.id = "ORDER1";
    for (size_t i = 0; i < n; i++) {
        const struct moment *moment = &moments[i];
        rule.nth = moment->call.nth;
        memcpy(rule.call, moment->call.what, sizeof rule.call);
        now.half = moment->half;
        snprintf(now.words, sizeof now.words,
            "%s is late: it comes to its %s%s when the others wait or have "
            "ended",
            pair_half(moment->half)->name, ordinal(moment->call.nth),
            moment->call.what);
        play_again(moment->half, &rule, START_LOGGED);
        play();
    }
}

void
orders_interrupt(void (*play)(void))
{
    const struct rule rule = {.verb = RULE_INTERRUPT};

    now.id = "EINTR1";
    now.half = -1;
    snprintf(now.words, sizeof now.words,
        "every call that waits is interrupted once (EINTR)");
    pair_direct(START_LOGGED, -1, &rule);
    text_add(pair_verdict->run, sizeof pair_verdict->run, "%s: ", now.words);
    play();
}

void
orders_shorten(void (*play)(void))
{
    now.id = "AP4";
    now.half = -1;
    snprintf(now.words, sizeof now.words,
        "read() gives 7 bytes at most, write() takes 4,096");
    pair_direct(START_SHORT, -1, NULL);
    text_add(pair_verdict->run, sizeof pair_verdict->run, "%s: ", now.words);
    play();
}
