/*
 * pair.c - see pair.h
 */
#include "pair.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab.h"
#include "lose.h"
#include "pulse.h"
#include "text.h"

struct verdict *pair_verdict;

enum {
    WAIT_MS = 2000, /* of a wait that count for the budget (budget.h) */
    DRIP_MS = 8000  /* but all of one that is longer than a sleeper's */
};

static struct {
    const struct sandbox *sandbox;
    const struct target *target;
    int halves;
    struct half_view half[HALVES];
    unsigned int flags; /* see pair_direct() */
    int ruled;
    int is_theirs; /* a program of the student's has been started */
    struct rule rule;
    struct lacks lacks; /* see pair_lack() */
    struct reply reply;
    _Alignas(8) char answer[PAYLOAD_LIMIT + 8];
} pair;

static const char *const sides[] = {"student", "reference", "checked", "tools"};
static const char *const owners[] = {
    "yours", "reference", "yours, with sanitizers", "the grader's"};

void
pair_reset(const struct sandbox *sandbox, const struct target *target,
    uint64_t seed, struct verdict *verdict)
{
    pair.sandbox = sandbox;
    pair.target = target;
    nonce_seed(seed);
    pair.halves = 0;
    pair.is_theirs = 0;
    pair.lacks = (struct lacks){NULL, 0};
    pair_direct(0, 0, NULL);
    memset(&pair.reply, 0, sizeof pair.reply);
    pair_verdict = verdict;
}

void
pair_lack(const struct lacks *lacks)
{
    pair.lacks = *lacks;
}

const char *
side_folder(enum side side)
{
    return sides[side];
}

const struct target *
pair_target(void)
{
    return pair.target;
}

void
pair_trouble(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(pair_verdict->why, sizeof pair_verdict->why, format, arguments);
    va_end(arguments);
    _exit(3);
}

void
pair_skip(const char *why)
{
    pair_verdict->is_skipped = 1;
    snprintf(pair_verdict->why, sizeof pair_verdict->why, "%s", why);
    _exit(3);
}

/* Ends the item if the program was not built. */
static void
demand(enum side side, const char *program)
{
    struct verdict *verdict = pair_verdict;
    char path[64];

    snprintf(path, sizeof path, "%s/%s", sides[side], program);
    const struct lack *lack = lack_find(&pair.lacks, path);
    if (lack == NULL)
        return;
    verdict->is_ungradable = 1;
    snprintf(verdict->why, sizeof verdict->why, "%s", lack->why);
    _exit(3);
}

/* The time in which the warden did nothing is the submission's (budget.h). */
static int
await_warden(const struct sandbox *sandbox, short events)
{
    if (pulse_await(sandbox, events) == 0)
        return 0;
    pair_verdict->slept += PULSE_SECONDS * 1000;
    return -1;
}

/* Sends bytes to the warden, who may sit still for good (pulse.h). */
static int
say(const struct sandbox *sandbox, const void *bytes, size_t size)
{
    const char *at = bytes;

    while (size > 0) {
        ssize_t n =
            send(sandbox->socket, at, size, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n == -1 && errno != EAGAIN && errno != EINTR)
            return -1;
        if (n == -1 && await_warden(sandbox, POLLOUT) == -1)
            return -1;
        at += n > 0 ? n : 0;
        size -= n > 0 ? (size_t)n : 0;
    }
    return 0;
}

/* Sends a request with its payload and takes the answer. Before anything of the
 * student's has run, nobody can keep the warden from answering. Returns 0, or
 * -1. */
static int
exchange(const struct sandbox *sandbox, struct request *request,
    const void *payload, size_t size)
{
    struct reply *reply = &pair.reply;

    request->size = (uint32_t)size;
    if (sandbox == NULL || say(sandbox, request, sizeof *request) == -1 ||
        say(sandbox, payload, size) == -1 ||
        (pair_verdict->is_theirs && await_warden(sandbox, POLLIN) == -1) ||
        read_all(sandbox->socket, reply, sizeof *reply) != sizeof *reply ||
        reply->size > PAYLOAD_LIMIT ||
        read_all(sandbox->socket, pair.answer, reply->size) != reply->size)
        return -1;
    pair.answer[reply->size] = '\0';
    return 0;
}

/* All processes of the item together have come to a bound, and were ended. */
static _Noreturn void
lose_excess(enum excess excess)
{
    static const char *const needs[] = {[EXCESS_MEMORY] = "too much memory",
        [EXCESS_TIME] = "too much processor time",
        [EXCESS_PROCESSES] = "too many processes",
        [EXCESS_AT_ONCE] = "too many processes at once",
        [EXCESS_OBJECTS] = "too many System V objects"};
    int has_wine = pair.target->has_wine;

    if (!pair.is_theirs)
        pair_trouble("the grader's own programs need %s", needs[excess]);
    pair_verdict->expected[0] = '\0';
    pair_verdict->got[0] = '\0';
    if (excess == EXCESS_MEMORY)
        lose_expected("all programs of the item together, and what they leave, "
                      "need less than %d MB of memory",
            BOUNDS_MEGABYTES);
    else if (excess == EXCESS_TIME)
        lose_expected("all programs of the item together need less than %d s "
                      "of processor time",
            BOUNDS_SECONDS);
    else if (excess == EXCESS_PROCESSES)
        lose_expected("all programs of the item together make less than %d "
                      "processes and threads",
            has_wine ? BOUNDS_PROCESSES_IN_WINE : BOUNDS_PROCESSES);
    else if (excess == EXCESS_OBJECTS)
        lose_expected("all programs of the item together never have more than "
                      "%d System V objects at once",
            BOUNDS_OBJECTS);
    else
        lose_expected("all programs of the item together never have more than "
                      "%d processes and threads at once",
            has_wine ? BOUNDS_AT_ONCE_IN_WINE : BOUNDS_AT_ONCE);
    text_add(pair_verdict->got, sizeof pair_verdict->got,
        "more, so all of them were ended");
    lose_at_once();
}

/* A reference has no such exit status: the warden could not start it (cage.h,
 * program.c). What the student's programs do proves nothing of that kind: they
 * can name a loader that is not there. */
static void
check_references(void)
{
    enum {
        NOT_STARTED = 126
    };

    for (int i = 0; i < pair.halves; i++) {
        const struct half_state *state = &pair.reply.half[i];
        int is_ours =
            pair.half[i].side == REFERENCE || pair.half[i].side == TOOL;
        if (is_ours && state->has_ended && WIFEXITED(state->status) &&
            WEXITSTATUS(state->status) == NOT_STARTED)
            pair_trouble("the reference %s could not be started in the sandbox",
                pair.half[i].name);
    }
}

static void
ask(struct request *request, const void *payload, size_t size)
{
    if (exchange(pair.sandbox, request, payload, size) == -1)
        pair_trouble("the sandbox has ended, or does not answer any more");
    pair_verdict->is_wine_gone = pair.reply.is_wine_gone;
    pair_verdict->burnt = pair.reply.burnt;
    if (pair.reply.excess != EXCESS_NONE)
        lose_excess((enum excess)pair.reply.excess);
    check_references();
}

int
pair_recycle(const struct sandbox *sandbox, const char *word)
{
    struct request request = {.kind = REQUEST_AGAIN, .count = AGAIN_ITEM};

    pair_verdict->is_theirs = 1;
    return exchange(sandbox, &request, word, strlen(word) + 1) == -1 ||
                   pair.reply.error != 0 || pair.reply.is_touched
               ? -1
               : 0;
}

const char *
program_path(enum side side, const char *program)
{
    static char path[80];

    demand(side, program);
    snprintf(path, sizeof path, "%s", program);
    if (side != REFERENCE && side != TOOL)
        snprintf(path, sizeof path, "../kit/%s/%s", sides[side], program);
    return path;
}

void
pair_direct(unsigned int flags, int half, const struct rule *rule)
{
    static const struct rule none;

    pair.flags = flags;
    pair.ruled = half;
    pair.rule = rule != NULL ? *rule : none;
}

static void
direct(struct request *request, const struct half_view *half)
{
    int is_meant = pair.ruled == half->number ||
                   (pair.ruled == -1 && half->side != REFERENCE);

    request->count |= pair.flags;
    if (pair.target->has_wine)
        request->count |= START_WINE;
    if (half->side == REFERENCE) /* it is linked statically */
        request->count &= ~(uint64_t)START_SHORT;
    if (is_meant)
        request->rule = pair.rule;
}

static struct half_view *
start_list(const struct start *start, enum side side, const char *program,
    va_list arguments)
{
    struct request request = {.kind = REQUEST_START};
    struct verdict *verdict = pair_verdict;
    char strings[4096];
    size_t size;

    demand(side, program);
    if (pair.halves == HALVES)
        pair_trouble("an item starts too many halves");
    struct half_view *half = &pair.half[pair.halves];
    *half = (struct half_view){
        .number = pair.halves++, .side = side, .seed = start->seed};
    snprintf(half->name, sizeof half->name, "%s", program);
    if (side == STUDENT || side == CHECKED)
        snprintf(half->writer, sizeof half->writer, "%s", program);
    request.half = half->number;
    request.count = start->flags | (side == CHECKED ? START_CHECKED : 0);
    direct(&request, half);
    request.keep = start->keep;
    request.seed = start->seed;
    snprintf(request.program, sizeof request.program, "%s/%s%s", sides[side],
        program, pair.target->suffix);
    size = (size_t)snprintf(strings, sizeof strings, "%s", program) + 1;
    size_t told = strlen(verdict->run);
    text_add(verdict->run, sizeof verdict->run, "%s%s",
        told == 0                       ? ""
        : verdict->run[told - 1] == ':' ? " "
                                        : ", ",
        program);
    const char *word;
    while ((word = va_arg(arguments, const char *)) != NULL) {
        size += (size_t)snprintf(
                    strings + size, sizeof strings - size, "%s", word) +
                1;
        if (strncmp(word, "../kit/", 7) == 0) { /* see program_path() */
            const char *own = strrchr(word, '/') + 1;
            snprintf(half->writer, sizeof half->writer, "%s", own);
            text_add(verdict->run, sizeof verdict->run, " [your %s]", own);
        } else
            text_add(verdict->run, sizeof verdict->run,
                strchr(word, ' ') || *word == '\0' ? " '%s'" : " %s", word);
    }
    text_add(verdict->run, sizeof verdict->run, " (%s)", owners[side]);
    if (side == TOOL) /* it is no part of the pair */
        verdict->run[told] = '\0';
    pair.is_theirs |= half->writer[0] != '\0';
    verdict->is_theirs |= pair.is_theirs;
    ask(&request, strings, size);
    verdict->started++;
    if (pair.reply.is_refused)
        pair_skip("this kernel, or what the grader runs in, does not let "
                  "system calls be watched (seccomp user notification)");
    if (pair.reply.error == ESRCH)
        pair_trouble("Wine's server has ended unexpectedly");
    if (pair.reply.error != 0)
        pair_trouble("a program could not be started in the sandbox");
    return half;
}

struct half_view *
pair_start(enum side side, const char *program, ...)
{
    static const struct start simply;
    va_list arguments;

    va_start(arguments, program);
    struct half_view *half = start_list(&simply, side, program, arguments);
    va_end(arguments);
    return half;
}

struct half_view *
pair_start_as(
    const struct start *start, enum side side, const char *program, ...)
{
    va_list arguments;

    va_start(arguments, program);
    struct half_view *half = start_list(start, side, program, arguments);
    va_end(arguments);
    return half;
}

static void
command(struct half_view *half, enum request_kind kind, uint64_t count,
    uint64_t seed)
{
    struct request request = {
        .kind = kind, .half = half->number, .count = count, .seed = seed};

    ask(&request, NULL, 0);
}

void
half_send_bytes(struct half_view *half, const char *bytes, size_t size)
{
    while (size > 0) {
        struct request request = {.kind = REQUEST_FEED, .half = half->number};
        size_t piece = size < PAYLOAD_LIMIT ? size : PAYLOAD_LIMIT;
        ask(&request, bytes, piece);
        bytes += piece;
        size -= piece;
    }
}

void
half_send(struct half_view *half, const char *text)
{
    half_send_bytes(half, text, strlen(text));
}

void
half_send_pattern(struct half_view *half, uint64_t seed, uint64_t count)
{
    command(half, REQUEST_PATTERN, count, seed);
}

void
half_close(struct half_view *half)
{
    command(half, REQUEST_CLOSE, 0, 0);
}

void
half_signal(struct half_view *half, int number)
{
    command(half, REQUEST_SIGNAL, (uint64_t)number, 0);
}

void
half_kill(struct half_view *half)
{
    half_signal(half, SIGKILL);
    pair_wait(half, UNTIL_ENDED, 0);
}

void
half_rule(struct half_view *half, const struct rule *rule)
{
    struct request request = {
        .kind = REQUEST_RULE, .half = half->number, .rule = *rule};

    ask(&request, NULL, 0);
    if (pair.reply.error != 0)
        pair_trouble("the calls of this half are not watched");
}

int
half_was_ruled(const struct half_view *half)
{
    return half_state(half)->was_ruled;
}

size_t
half_relay(const struct half_view *half, const struct relay_call **calls)
{
    struct request request = {.kind = REQUEST_RELAY, .half = half->number};

    ask(&request, NULL, 0);
    *calls = (const struct relay_call *)pair.answer;
    return pair.reply.size / sizeof **calls;
}

size_t
half_calls(const struct half_view *half, const struct call_entry **entries)
{
    struct request request = {.kind = REQUEST_CALLS, .half = half->number};

    ask(&request, NULL, 0);
    *entries = (const struct call_entry *)pair.answer;
    return pair.reply.size / sizeof **entries;
}

void
pair_again(int is_clean)
{
    struct request request = {.kind = REQUEST_AGAIN,
        .count = is_clean ? AGAIN_CLEAN : AGAIN_AS_IT_IS};

    ask(&request, NULL, 0);
    pair.halves = 0;
    pair_verdict->run[0] = '\0';
}

void
half_release(struct half_view *half)
{
    command(half, REQUEST_DRAIN, 0, 0);
}

void
half_hang_up(struct half_view *half)
{
    command(half, REQUEST_HANG_UP, 0, 0);
}

const struct reply *
pair_ask_file(
    struct request *request, const char *file, const void *bytes, size_t size)
{
    size_t length = strlen(file) + 1;
    char *payload = malloc(length + size);

    if (payload == NULL)
        pair_trouble("out of memory");
    memcpy(payload, file, length);
    if (size > 0)
        memcpy(payload + length, bytes, size);
    ask(request, payload, length + size);
    free(payload);
    return &pair.reply;
}

static void
file_request(enum request_kind kind, const char *file, uint64_t count,
    const void *bytes, size_t size)
{
    struct request request = {.kind = kind, .count = count};

    pair_ask_file(&request, file, bytes, size);
}

void
pair_make(const char *file, mode_t mode, const char *bytes, size_t size)
{
    file_request(REQUEST_MAKE, file, mode, bytes, size);
    if (pair.reply.error != 0)
        pair_trouble("a file could not be made in the sandbox");
}

void
pair_patch(const char *file, uint64_t offset, const char *bytes, size_t size)
{
    file_request(REQUEST_PATCH, file, offset, bytes, size);
}

void
pair_remove(const char *file)
{
    file_request(REQUEST_REMOVE, file, 0, NULL, 0);
}

ssize_t
pair_read(const char *file, char *bytes, size_t size)
{
    file_request(REQUEST_READ, file, 0, NULL, 0);
    if (pair.reply.error != 0)
        return -1;
    if (size > pair.reply.size)
        size = pair.reply.size;
    memcpy(bytes, pair.answer, size);
    return (ssize_t)size;
}

int
pair_write(const char *fifo, const void *bytes, size_t size)
{
    file_request(REQUEST_WRITE, fifo, 0, bytes, size);
    return pair.reply.error == 0 ? 0 : -1;
}

int
pair_resize(const char *fifo, size_t size)
{
    file_request(REQUEST_RESIZE, fifo, size, NULL, 0);
    return pair.reply.error == 0 ? 0 : -1;
}

int
pair_datagram(const char *slot, uint16_t port, const void *bytes, size_t size)
{
    file_request(REQUEST_DATAGRAM, slot, port, bytes, size);
    return pair.reply.error == 0 ? 0 : -1;
}

int
pair_post(const char *semaphore)
{
    file_request(REQUEST_POST, semaphore, 0, NULL, 0);
    return pair.reply.error == 0 ? 0 : -1;
}

const char *
pair_buffer_of(const struct half_view *half, const char *text)
{
    struct request request = {.kind = REQUEST_FIND,
        .half = half->number,
        .count = half->taken + strlen(text)};

    ask(&request, text, strlen(text));
    return pair.reply.error == 0 ? pair.reply.who : NULL;
}

/* Wine has ended it before it did anything. */
static void
check_starts(void)
{
    for (int i = 0; i < pair.halves; i++) {
        const struct half_state *state = &pair.reply.half[i];
        if (state->has_ended && state->refusal[0] != '\0')
            pair_trouble("Wine could not start %s: %s", pair.half[i].name,
                state->refusal);
    }
}

const struct reply *
pair_wait(struct half_view *half, enum condition condition, uint64_t count)
{
    struct request request = {.kind = REQUEST_WAIT,
        .half = half->number,
        .condition = condition,
        .count = count};

    ask(&request, NULL, 0);
    pair_verdict->outcome = (int)pair.reply.outcome;
    uint32_t slept = pair.reply.slept;
    pair_verdict->slept += slept < WAIT_MS || slept > DRIP_MS ? slept : WAIT_MS;
    if (pair.reply.outcome == OUTCOME_STARVED)
        pair_trouble("the machine is too busy to run the programs");
    check_starts();
    return &pair.reply;
}

const struct half_state *
half_state(const struct half_view *half)
{
    return &pair.reply.half[half->number];
}

const char *
half_output(struct half_view *half, int stream, size_t *size)
{
    command(half, REQUEST_OUTPUT, (uint64_t)stream, 0);
    *size = pair.reply.size;
    return pair.answer;
}

size_t
pair_files(const struct census_file **files)
{
    struct request request = {.kind = REQUEST_FILES};

    ask(&request, NULL, 0);
    *files = (const struct census_file *)pair.answer;
    return pair.reply.size / sizeof **files;
}

size_t
pair_processes(const struct census_process **processes)
{
    struct request request = {.kind = REQUEST_PROCESSES};

    ask(&request, NULL, 0);
    *processes = (const struct census_process *)pair.answer;
    return pair.reply.size / sizeof **processes;
}

unsigned int
pair_strays(void)
{
    return pair.reply.strays;
}

const struct reply *
pair_ask(struct request *request, const void *payload, size_t size)
{
    ask(request, payload, size);
    return &pair.reply;
}

const char *
pair_answer(void)
{
    return pair.answer;
}

struct half_view *
pair_half(int number)
{
    return number < pair.halves ? &pair.half[number] : NULL;
}
