/*
 * explain.c - see explain.h
 */
#include "explain.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "cage.h"
#include "text.h"

enum {
    CHECKED_STATUS = 86
}; /* of a sanitizer that found something: cage.c */

void (*explain_lab)(int is_stuck);
void (*explain_calls)(struct half_view *half);

static void
because(const char *sentence)
{
    struct verdict *verdict = pair_verdict;

    if (strstr(verdict->why, sentence) != NULL)
        return; /* eight clients may have ended for one reason */
    text_add(verdict->why, sizeof verdict->why, "%s%s",
        verdict->why[0] != '\0' && sentence[0] != '\0' ? ". " : "", sentence);
}

void
explain_id(const char *id, const char *sentence)
{
    struct verdict *verdict = pair_verdict;

    if (verdict->id[0] == '\0')
        snprintf(verdict->id, sizeof verdict->id, "%s", id);
    because(sentence);
}

void
explain_status(char *text, size_t size, int status)
{
    if (WIFEXITED(status))
        text_add(text, size, "exit status %d", WEXITSTATUS(status));
    else
        text_add(text, size, "ended by signal %d (%s)", WTERMSIG(status),
            strsignal(WTERMSIG(status)));
}

int
explain_is_crash(int status)
{
    return WIFSIGNALED(status) || WEXITSTATUS(status) == CHECKED_STATUS;
}

/* "ERROR: AddressSanitizer: ..." or "file:line: runtime error: ...", and the
 * first place in the student's own source that the report names. */
static void
explain_sanitizer(struct half_view *half)
{
    char sentence[600] = "";
    char file[80];
    size_t size;
    const char *said = half_output(half, 2, &size);
    const char *what = strstr(said, "runtime error: ");

    if (what == NULL)
        what = strstr(said, "AddressSanitizer: ");
    if (what == NULL)
        return;
    text_add(sentence, sizeof sentence, "%s: ", half->name);
    size_t length = strcspn(what, "\n");
    for (size_t i = 0; i < length && i < 200; i++) /* no addresses in it */
        if (strncmp(what + i, " on address 0x", 14) == 0 ||
            strncmp(what + i, " (pc 0x", 7) == 0 ||
            strncmp(what + i, " on unknown address", 19) == 0)
            length = i;
    text_quote(sentence, sizeof sentence, what, length < 200 ? length : 200);
    snprintf(file, sizeof file, "/%s.c:", half->name);
    const char *place = strstr(said, file);
    if (place != NULL)
        text_add(sentence, sizeof sentence, " at %s.c line %d", half->name,
            atoi(place + strlen(file)));
    explain_id(
        strncmp(what, "AddressSanitizer: BUS", 21) ? "MEM1" : "FM1", sentence);
}

static void
explain_spin(const struct half_view *half)
{
    char sentence[120] = "";

    text_add(sentence, sizeof sentence,
        "%s used more than %d s of processor time, and was ended", half->name,
        CAGE_SECONDS);
    explain_id("SPIN1", sentence);
}

static void
explain_end(struct half_view *half, const struct half_state *state)
{
    char sentence[200] = "";

    if (state->crash[0] != '\0') {
        text_add(sentence, sizeof sentence, "%s was ended by a %s", half->name,
            state->crash);
        explain_id("MEM2", sentence);
        return;
    }
    if (state->child_crash[0] != '\0') {
        text_add(sentence, sizeof sentence, "%s's child was ended by a %s",
            half->name, state->child_crash);
        explain_id("MEM2", sentence);
        return;
    }
    text_add(sentence, sizeof sentence, "%s %s", half->name,
        WIFEXITED(state->status) ? "has ended: " : "was ");
    explain_status(sentence, sizeof sentence, state->status);
    if (WIFEXITED(state->status) &&
        WEXITSTATUS(state->status) == CHECKED_STATUS)
        explain_sanitizer(half);
    else if (WIFSIGNALED(state->status) && WTERMSIG(state->status) == SIGXCPU)
        explain_spin(half);
    else if (WIFSIGNALED(state->status) && WTERMSIG(state->status) == SIGBUS)
        explain_id("FM1", "");
    else if (WIFSIGNALED(state->status) && WTERMSIG(state->status) == SIGPIPE)
        explain_id("AP15", "");
    else if (WIFSIGNALED(state->status) &&
             (WTERMSIG(state->status) == SIGSEGV ||
                 WTERMSIG(state->status) == SIGABRT))
        explain_id("MEM2", "");
    because(sentence);
}

/* Facts that were noted while the halves were still there. */
void
explain_facts(void)
{
    struct half_view *half;
    char sentence[200];

    for (int i = 0; (half = pair_half(i)) != NULL; i++)
        if (explain_calls != NULL && half->side != REFERENCE &&
            half->side != TOOL)
            explain_calls(half);
    for (int i = 0; (half = pair_half(i)) != NULL; i++) {
        if (!half_state(half)->maps_private || half->side == REFERENCE ||
            strcmp(pair_verdict->id, "FM2") == 0)
            continue;
        snprintf(sentence, sizeof sentence,
            "%s maps the file privately (MAP_PRIVATE): it need not see what "
            "others store, and what it stores stays its own",
            half->name);
        explain_id("FM2", sentence);
    }
}

static const char *
culprit(const struct half_view *half, const struct reply *reply)
{
    struct half_view *other =
        reply->culprit >= 0 ? pair_half(reply->culprit) : NULL;

    return other != NULL ? other->name : half->name;
}

/* Another half of the student's that did not end well may be the reason. */
static void
explain_others(const struct half_view *half, const struct reply *reply)
{
    struct half_view *other;

    for (int i = 0; (other = pair_half(i)) != NULL; i++) {
        const struct half_state *state = &reply->half[i];
        if (other != half && state->has_ended && state->status != 0 &&
            state->status != SIGKILL && !other->ended_well)
            explain_end(other, state);
    }
}

void
explain(struct half_view *half, const struct reply *reply)
{
    const struct half_state *state = &reply->half[half->number];
    char sentence[300] = "";

    explain_facts();
    if (explain_lab != NULL)
        explain_lab(reply->outcome == OUTCOME_STUCK);
    switch ((enum outcome)reply->outcome) {
    case OUTCOME_STUCK:
        explain_id(reply->id, reply->cause);
        break;
    case OUTCOME_SPINS:
        text_add(sentence, sizeof sentence,
            "%s uses the processor all the time and nothing comes of it",
            culprit(half, reply));
        explain_id("SPIN1", sentence);
        break;
    case OUTCOME_POLLS:
        text_add(sentence, sizeof sentence,
            "%s sleeps, wakes up, finds nothing and sleeps again",
            culprit(half, reply));
        explain_id("SPIN2", sentence);
        break;
    case OUTCOME_FLOOD:
        text_add(sentence, sizeof sentence,
            "%s prints without end, and was stopped", half->name);
        explain_id("FLOOD1", sentence);
        break;
    case OUTCOME_LIMIT:
        text_add(sentence, sizeof sentence,
            "%s sleeps for a certain time instead of waiting for something "
            "to happen",
            culprit(half, reply));
        explain_id("SV11", sentence);
        break;
    case OUTCOME_ODD:
        text_add(sentence, sizeof sentence,
            "%s neither runs nor waits for anything that can be told: its "
            "child of vfork() goes on, or a tracer has stopped it",
            culprit(half, reply));
        explain_id("", sentence);
        break;
    case OUTCOME_STARVED: /* pair_wait() does not return it */
    case OUTCOME_ENDED:
        explain_end(half, state);
        break;
    case OUTCOME_HOLDS: /* a good end explains nothing */
        if (state->has_ended && state->status != 0)
            explain_end(half, state);
    }
    explain_others(half, reply);
}

void
explain_buffer(const struct half_view *half, const char *line)
{
    char sentence[120] = "";
    const char *who = pair_buffer_of(half, line);

    if (who == NULL)
        return;
    text_add(sentence, sizeof sentence,
        "the line is in the stdio buffer of %s: nobody has flushed it", who);
    explain_id("IO1", sentence);
}

/* What a half has said itself: the report of a sanitizer (a line of '=' first)
 * is told by explain_sanitizer(). */
static int
say(struct half_view *half)
{
    struct verdict *verdict = pair_verdict;
    size_t size;
    const char *said = half_output(half, 2, &size);

    if (size == 0 || strncmp(said, "=====", 5) == 0)
        return 0;
    text_add(verdict->said, sizeof verdict->said, "(%s) ", half->name);
    text_quote(verdict->said, sizeof verdict->said, said, strcspn(said, "\n"));
    return 1;
}

void
explain_said(struct half_view *half)
{
    struct half_view *other;

    if (say(half))
        return;
    for (int i = 0; (other = pair_half(i)) != NULL; i++)
        if (other != half && other->side != REFERENCE && !other->ended_well &&
            say(other))
            return;
}
