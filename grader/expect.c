/*
 * expect.c - see expect.h
 */
#include "expect.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "difference.h"
#include "explain.h"
#include "lose.h"
#include "text.h"

/* What the half has printed that nobody has asked for yet. */
static const char *
untaken(struct half_view *half, size_t *size)
{
    const char *output = half_output(half, 1, size);
    size_t taken = half->taken < *size ? half->taken : *size;

    *size -= taken;
    return output + taken;
}

/* What printf() makes of "\n" in a Windows program is accepted from students,
 * and told. The same as without it, if that is all that is wrong? */
static int
is_same_but_crlf(const struct half_view *half, const char *expected,
    size_t expected_size, const char *got, size_t got_size)
{
    size_t at = 0;

    if (!pair_target()->has_wine || half->writer[0] == '\0')
        return 0;
    for (size_t i = 0; i < got_size; i++) {
        if (got[i] == '\r' && i + 1 < got_size && got[i + 1] == '\n')
            continue;
        if (at == expected_size || got[i] != expected[at++])
            return 0;
    }
    if (at != expected_size || got_size == expected_size)
        return 0;
    snprintf(pair_verdict->remark, sizeof pair_verdict->remark,
        "%s ends its lines with \"\\r\\n\", as printf() does unless the stream "
        "is binary: accepted, but the contract says \"\\n\".",
        half->writer);
    return 1;
}

int
expect_is_same(const struct half_view *half, const char *expected,
    size_t expected_size, const char *got, size_t got_size)
{
    return (got_size == expected_size &&
               memcmp(got, expected, got_size) == 0) ||
           is_same_but_crlf(half, expected, expected_size, got, got_size);
}

void
expect_line(struct half_view *half, const char *line)
{
    struct reply reply;
    size_t size;
    char whole[256];

    snprintf(whole, sizeof whole, "%s\n", line);
    reply = *pair_wait(half, UNTIL_LINES, half->taken_lines + 1);
    const char *output = untaken(half, &size);
    const char *end = memchr(output, '\n', size);
    size_t length = end != NULL ? (size_t)(end - output) + 1 : 0;
    if (end != NULL &&
        expect_is_same(half, whole, strlen(whole), output, length)) {
        half->taken += length;
        half->taken_lines++;
        return;
    }
    text_quote(pair_verdict->expected, sizeof pair_verdict->expected, whole,
        strlen(whole));
    lose_got(output, end != NULL ? length : size);
    if (reply.outcome == OUTCOME_STUCK)
        explain_buffer(half, whole);
    if (pair_verdict->id[0] == '\0') /* the buffer would explain it all */
        explain(half, &reply);
    lose(half);
}

void
expect_ready(struct half_view *server)
{
    expect_line(server, "ready");
    expect_settled(server);
}

/* Shows both texts from a little before the place where they part. */
static void
tell_difference(const char *expected, size_t expected_size, const char *got,
    size_t got_size)
{
    enum {
        BEFORE = 12,
        AGREED = 2 /* bytes of a line before the % that a format loses */
    };
    struct verdict *verdict = pair_verdict;
    size_t same = 0;

    while (
        same < expected_size && same < got_size && expected[same] == got[same])
        same++;
    if (same < got_size && got[same] == '\n' &&
        difference_is_first_zero(expected, expected_size, same))
        explain_id("NUL1", "");
    size_t line = same < AGREED ? 0 : same - AGREED;
    if (difference_is_formatted(
            expected + line, expected_size - line, got + line, got_size - line))
        explain_id("FMT1", "");
    size_t from = same > 2 * BEFORE ? same - BEFORE : 0;
    if (from > 0) {
        text_add(verdict->expected, sizeof verdict->expected,
            "%zu bytes; from byte %zu: ", expected_size, from + 1);
        text_add(verdict->got, sizeof verdict->got,
            "%zu bytes; from byte %zu: ", got_size, from + 1);
    }
    text_quote(verdict->expected, sizeof verdict->expected, expected + from,
        expected_size - from);
    lose_got(got + from, got_size - from);
}

void
expect_output_bytes(struct half_view *half, const char *bytes, size_t size)
{
    struct reply reply = *pair_wait(half, UNTIL_ENDED, 0);
    size_t got_size;
    const char *got = untaken(half, &got_size);

    int is_right = expect_is_same(half, bytes, size, got, got_size);
    if (reply.outcome == OUTCOME_HOLDS && is_right) {
        half->taken += got_size;
        return;
    }
    if (is_right) {
        lose_expected("%s ends", half->name);
        text_add(pair_verdict->got, sizeof pair_verdict->got,
            "all its output, but it does not end");
    } else {
        tell_difference(bytes, size, got, got_size);
        if (got_size > size && memcmp(got, bytes, size) == 0 &&
            difference_is_one_line_more(
                got - half->taken, half->taken + size, half->taken + got_size))
            explain_id("EOF1", "");
    }
    explain(half, &reply);
    lose(half);
}

void
expect_output(struct half_view *half, const char *text)
{
    expect_output_bytes(half, text, strlen(text));
}

void
expect_pattern(struct half_view *half, uint64_t size)
{
    struct reply reply = *pair_wait(half, UNTIL_ENDED, 0);
    const struct half_state *state = &reply.half[half->number];
    struct verdict *verdict = pair_verdict;

    if (reply.outcome == OUTCOME_HOLDS && !state->pattern_is_wrong &&
        state->pattern_at == size && state->bytes[0] == size)
        return;
    lose_expected(
        "the %llu bytes that were sent, unchanged", (unsigned long long)size);
    text_add(verdict->got, sizeof verdict->got, "%llu bytes",
        (unsigned long long)state->bytes[0]);
    if (state->pattern_is_wrong)
        text_add(verdict->got, sizeof verdict->got, ", wrong from byte %llu on",
            (unsigned long long)state->pattern_at + 1);
    if (reply.outcome != OUTCOME_FLOOD) /* ended for the wrong byte only */
        explain(half, &reply);
    lose(half);
}

void
expect_exit(struct half_view *half, int status)
{
    struct reply reply = *pair_wait(half, UNTIL_ENDED, 0);
    int end = reply.half[half->number].status;

    if (reply.outcome == OUTCOME_HOLDS && WIFEXITED(end) &&
        WEXITSTATUS(end) == status) {
        half->ended_well = 1;
        return;
    }
    lose_expected("%s ends with exit status %d", half->name, status);
    if (reply.outcome == OUTCOME_HOLDS)
        explain_status(pair_verdict->got, sizeof pair_verdict->got, end);
    else
        text_add(pair_verdict->got, sizeof pair_verdict->got, "no end");
    explain(half, &reply);
    lose(half);
}

void
expect_said(struct half_view *half, ...)
{
    struct verdict *verdict = pair_verdict;
    struct reply reply = *pair_wait(half, UNTIL_ENDED, 0);
    size_t size;
    const char *said = half_output(half, 2, &size);
    const char *end = memchr(said, '\n', size);
    int is_good = end != NULL && end == said + size - 1 && strlen(said) == size;
    va_list words;
    const char *word;

    lose_expected("one line on standard error");
    va_start(words, half);
    while ((word = va_arg(words, const char *)) != NULL) {
        text_add(verdict->expected, sizeof verdict->expected,
            " that contains \"%s\"", word);
        is_good = is_good && strstr(said, word) != NULL;
    }
    va_end(words);
    if (is_good && reply.outcome == OUTCOME_HOLDS) {
        verdict->expected[0] = '\0';
        return;
    }
    lose_got(said, size);
    if (reply.outcome != OUTCOME_HOLDS)
        explain(half, &reply);
    lose(half);
}

void
expect_settled(struct half_view *half)
{
    struct reply reply = *pair_wait(half, UNTIL_SETTLED, 0);

    if (reply.outcome == OUTCOME_HOLDS)
        return;
    lose_expected("%s waits, without using the processor, until there is "
                  "something to do",
        half->name);
    text_add(pair_verdict->got, sizeof pair_verdict->got, "no rest");
    explain(half, &reply);
    lose(half);
}

void
expect_waiting(struct half_view *half, const char *what)
{
    struct reply reply = *pair_wait(half, UNTIL_SETTLED, 0);
    const struct half_state *state = &reply.half[half->number];

    if (!state->has_ended)
        return;
    lose_expected("%s waits %s", half->name, what);
    explain_status(pair_verdict->got, sizeof pair_verdict->got, state->status);
    explain(half, &reply);
    lose(half);
}

void
expect_no_crash(struct half_view *half)
{
    struct reply reply = *pair_wait(half, UNTIL_SETTLED, 0);
    const struct half_state *state = &reply.half[half->number];

    if (!state->has_ended ||
        (!explain_is_crash(state->status) && state->crash[0] == '\0'))
        return;
    lose_expected("%s uses only memory that is its own", half->name);
    explain_status(pair_verdict->got, sizeof pair_verdict->got, state->status);
    explain(half, &reply);
    lose(half);
}

void
expect_that(struct half_view *half, int is_true, const char *id,
    const char *expected, const char *got, ...)
{
    struct verdict *verdict = pair_verdict;
    va_list arguments;

    if (is_true)
        return;
    lose_expected("%s", expected);
    va_start(arguments, got);
    vsnprintf(verdict->got, sizeof verdict->got, got, arguments);
    va_end(arguments);
    explain_facts();
    if (id[0] != '\0')
        explain_id(id, "");
    lose(half);
}
