/*
 * expect.c - see expect.h
 */
#include "expect.h"

#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "explain.h"
#include "text.h"

/* Ends the item as lost. What was expected and got is already told. */
static _Noreturn void
lose(struct half_view *half)
{
    explain_facts();
    explain_said(half);
    ck_abort_msg("%s", pair_verdict->expected);
    abort(); /* ck_abort_msg() does not return, but does not say so */
}

static void tell_expected(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

static void
tell_expected(const char *format, ...)
{
    struct verdict *verdict = pair_verdict;
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(verdict->expected, sizeof verdict->expected, format, arguments);
    va_end(arguments);
}

static void
tell_got(const char *bytes, size_t size)
{
    struct verdict *verdict = pair_verdict;

    if (size == 0)
        text_add(verdict->got, sizeof verdict->got, "nothing");
    else
        text_quote(verdict->got, sizeof verdict->got, bytes, size);
}

/* What the half has printed that nobody has asked for yet. */
static const char *
untaken(struct half_view *half, size_t *size)
{
    const char *output = half_output(half, 1, size);
    size_t taken = half->taken < *size ? half->taken : *size;

    *size -= taken;
    return output + taken;
}

void
expect_line(struct half_view *half, const char *line)
{
    struct reply reply;
    size_t size;
    size_t length = strlen(line);
    char whole[256];

    reply = *pair_wait(half, UNTIL_LINES, half->taken_lines + 1);
    const char *output = untaken(half, &size);
    const char *end = memchr(output, '\n', size);
    if (end != NULL && (size_t)(end - output) == length &&
        memcmp(output, line, length) == 0) {
        half->taken += length + 1;
        half->taken_lines++;
        return;
    }
    snprintf(whole, sizeof whole, "%s\n", line);
    text_quote(pair_verdict->expected, sizeof pair_verdict->expected, whole,
        strlen(whole));
    tell_got(output, end != NULL ? (size_t)(end - output) + 1 : size);
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
        BEFORE = 12
    };
    struct verdict *verdict = pair_verdict;
    size_t same = 0;

    while (
        same < expected_size && same < got_size && expected[same] == got[same])
        same++;
    if (same < expected_size && same < got_size && expected[same] == '\0' &&
        got[same] == '\n')
        explain_id("NUL1", "");
    size_t from = same > 2 * BEFORE ? same - BEFORE : 0;
    if (from > 0) {
        text_add(verdict->expected, sizeof verdict->expected,
            "%zu bytes; from byte %zu: ", expected_size, from + 1);
        text_add(verdict->got, sizeof verdict->got,
            "%zu bytes; from byte %zu: ", got_size, from + 1);
    }
    text_quote(verdict->expected, sizeof verdict->expected, expected + from,
        expected_size - from);
    tell_got(got + from, got_size - from);
}

void
expect_output_bytes(struct half_view *half, const char *bytes, size_t size)
{
    struct reply reply = *pair_wait(half, UNTIL_ENDED, 0);
    size_t got_size;
    const char *got = untaken(half, &got_size);

    if (reply.outcome == OUTCOME_HOLDS && got_size == size &&
        memcmp(got, bytes, size) == 0) {
        half->taken += size;
        return;
    }
    if (got_size == size && memcmp(got, bytes, size) == 0) {
        tell_expected("%s ends", half->name);
        text_add(pair_verdict->got, sizeof pair_verdict->got,
            "all its output, but no end");
    } else {
        tell_difference(bytes, size, got, got_size);
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
    tell_expected(
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
    tell_expected("%s ends with exit status %d", half->name, status);
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

    tell_expected("one line on standard error");
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
    tell_got(said, size);
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
    tell_expected("%s waits, without using the processor, until there is "
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
    tell_expected("%s waits %s", half->name, what);
    explain_status(pair_verdict->got, sizeof pair_verdict->got, state->status);
    explain(half, &reply);
    lose(half);
}

void
expect_no_crash(struct half_view *half)
{
    struct reply reply = *pair_wait(half, UNTIL_SETTLED, 0);
    const struct half_state *state = &reply.half[half->number];

    if (!state->has_ended || !explain_is_crash(state->status))
        return;
    tell_expected("%s uses only memory that is its own", half->name);
    explain_status(pair_verdict->got, sizeof pair_verdict->got, state->status);
    explain(half, &reply);
    lose(half);
}

static int
is_listed(const char *file, va_list names)
{
    const char *listed;

    while ((listed = va_arg(names, const char *)) != NULL)
        if (strcmp(listed, file) == 0)
            return 1;
    return 0;
}

static void
describe_file(char *text, size_t size, const struct census_file *file)
{
    const char *shown = file->name;

    if (strcmp(file->where, "shm") == 0 && strncmp(shown, "sem.", 4) == 0)
        text_add(text, size, "semaphore ");
    else if (strcmp(file->where, "shm") == 0)
        text_add(text, size, "shared memory ");
    else
        text_add(text, size,
            S_ISFIFO(file->mode)  ? "FIFO "
            : S_ISDIR(file->mode) ? "folder "
                                  : "file ");
    if (file->value >= 0)
        shown += strlen("sem.");
    text_quote(text, size, shown, strlen(shown));
}

/* Somebody who is still there, once all that the item started has ended. */
static void
tell_processes(char *text, size_t size)
{
    const struct census_process *list;
    size_t n = pair_processes(&list);

    for (size_t i = 0; i < n; i++) {
        if (list[i].half != -1 || list[i].state == 'Z')
            continue;
        text_add(text, size, "%sprocess ", text[0] != '\0' ? ", " : "");
        text_quote(text, size, list[i].name, strlen(list[i].name));
    }
}

void
expect_left(struct half_view *half, ...)
{
    struct verdict *verdict = pair_verdict;
    const struct census_file *list;
    char got[sizeof verdict->got] = "";
    size_t n = pair_files(&list);
    va_list names;

    for (size_t i = 0; i < n; i++) {
        va_start(names, half);
        if (strcmp(list[i].where, "work") != 0 ||
            !is_listed(list[i].name, names)) {
            text_add(got, sizeof got, "%s", got[0] != '\0' ? ", " : "");
            describe_file(got, sizeof got, &list[i]);
        }
        va_end(names);
    }
    tell_processes(got, sizeof got);
    if (got[0] == '\0')
        return;
    tell_expected("nothing but what must stay is left behind");
    memcpy(verdict->got, got, sizeof got);
    explain_id("FM12", "");
    lose(half);
}

/* Semaphores are files of another file system, whose inodes may be equal. */
static const struct census_map *
find_map(const struct half_view *half, uint64_t inode)
{
    const struct census_process *list;
    size_t n = pair_processes(&list);

    for (size_t i = 0; i < n && inode != 0; i++)
        for (uint32_t m = 0; m < list[i].maps; m++)
            if (list[i].half == half->number && list[i].map[m].inode == inode &&
                strncmp(list[i].map[m].path, "/dev/shm/", 9) != 0)
                return &list[i].map[m];
    return NULL;
}

static int
matches(const char *access, const char *pattern)
{
    for (int i = 0; i < 4; i++)
        if (pattern[i] != '?' && pattern[i] != access[i])
            return 0;
    return 1;
}

/* The mapping is there, but not as it should be, or it is not there. */
static void
explain_map(struct half_view *half, const struct census_map *map)
{
    struct verdict *verdict = pair_verdict;
    const struct half_state *state = half_state(half);

    if (map != NULL) {
        text_add(verdict->got, sizeof verdict->got, "%llu bytes, %s",
            (unsigned long long)map->size, map->access);
        if (map->access[3] == 's' && map->access[1] == 'w')
            explain_id("FM17", "");
    } else if (state->has_ended) {
        struct reply reply = *pair_wait(half, UNTIL_ENDED, 0);
        text_add(verdict->got, sizeof verdict->got, "%s has already ended",
            half->name);
        explain(half, &reply);
    } else {
        text_add(verdict->got, sizeof verdict->got, "no mapping of that file");
        explain_id("FM18", "");
    }
}

void
expect_mapped(
    struct half_view *half, const char *file, uint64_t size, const char *access)
{
    const struct census_file *found = census_find("work", file);
    const struct census_map *map =
        find_map(half, found != NULL ? found->inode : 0);

    if (map != NULL && matches(map->access, access) && map->size >= size &&
        map->offset == 0)
        return;
    tell_expected("%s has the file mapped, %s%s (see /proc/PID/maps)",
        half->name, access[3] == 's' ? "shared, " : "",
        access[1] == '-'   ? "for reading only"
        : access[1] == '?' ? "for reading"
                           : "for reading and writing");
    explain_map(half, map);
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
    tell_expected("%s", expected);
    va_start(arguments, got);
    vsnprintf(verdict->got, sizeof verdict->got, got, arguments);
    va_end(arguments);
    explain_facts();
    if (id[0] != '\0')
        explain_id(id, "");
    lose(half);
}

const struct census_file *
census_find(const char *where, const char *file)
{
    const struct census_file *list;
    size_t n = pair_files(&list);

    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i].where, where) == 0 &&
            strcmp(list[i].name, file) == 0)
            return &list[i];
    return NULL;
}
