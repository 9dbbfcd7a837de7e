/*
 * program_flow.c - what flows into a program and out of it (see program.h)
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "halves.h"
#include "kin.h"
#include "pattern.h"
#include "program.h"
#include "wine.h"
#include "wine_line.h"

enum {
    CHUNK = 65536,
    TURNS = 16, /* chunks at a time: a writer may be faster than we are */
    /* What may be printed beyond what is kept: so many bytes for each that the
     * halves were fed, and so many times what is kept. */
    FOR_EACH_FED = 4,
    MORE_KEPT = 3,
    COMPLAINTS = 100, /* that may be news */
    TINY = 16,        /* bytes: they cost more to be read than to be written */
    TINY_READS = 256  /* one after another, until we wait for more */
};

static int tiny_reads;

int
program_feed(struct program *program, const char *bytes, size_t size)
{
    struct feed *feed = &program->feed;
    char *more = realloc(feed->bytes, feed->size + size);

    if (more == NULL)
        return -1;
    memcpy(more + feed->size, bytes, size);
    feed->bytes = more;
    feed->size += size;
    program_pump(program);
    return 0;
}

void
program_feed_pattern(struct program *program, uint64_t seed, uint64_t count)
{
    program->feed.pattern_seed = seed;
    program->feed.pattern_at = 0;
    program->feed.pattern_end = count;
    program_pump(program);
}

static void
end_input(struct program *program)
{
    if (program->input == -1)
        return;
    if (program->is_terminal) {
        const char end_of_file = 4; /* ^D, as a person would type it */
        (void)!write(program->input, &end_of_file, 1);
        program->feed.is_closing = 0;
        return;
    }
    close(program->input);
    program->input = -1;
}

static int
has_feed(const struct program *program)
{
    const struct feed *feed = &program->feed;

    return feed->at < feed->size || feed->pattern_at < feed->pattern_end;
}

void
program_close(struct program *program)
{
    program->feed.is_closing = 1;
    program_pump(program);
}

void
program_drain(struct program *program)
{
    program->is_held = 0;
}

static void
close_output(struct program *program, int stream)
{
    if (program->output[stream] != -1)
        close(program->output[stream]);
    program->output[stream] = -1;
}

void
program_hang_up(struct program *program)
{
    program_pump(program);
    close_output(program, 0);
}

void
program_poll(const struct program *program, struct pollfd *fds)
{
    int is_feeding = program->input != -1 && has_feed(program);

    fds[0] = (struct pollfd){is_feeding ? program->input : -1, POLLOUT, 0};
    fds[1] =
        (struct pollfd){program->is_held ? -1 : program->output[0], POLLIN, 0};
    fds[2] = (struct pollfd){program->output[1], POLLIN, 0};
    fds[3] = (struct pollfd){program->log, POLLIN, 0};
}

/* Writes once. Returns the bytes that moved; 0: no room, -1: nobody reads. */
static ssize_t
feed_once(struct program *program)
{
    static char block[CHUNK];
    struct feed *feed = &program->feed;
    const char *bytes = feed->bytes + feed->at;
    size_t size = feed->size - feed->at;
    int is_pattern = size == 0;

    if (is_pattern) {
        size = CHUNK;
        if (size > feed->pattern_end - feed->pattern_at)
            size = (size_t)(feed->pattern_end - feed->pattern_at);
        pattern_fill(feed->pattern_seed, feed->pattern_at, block, size);
        bytes = block;
    }
    ssize_t n = write(program->input, bytes, size);
    if (n == -1)
        return errno == EAGAIN || errno == EINTR ? 0 : -1;
    if (is_pattern)
        feed->pattern_at += (uint64_t)n;
    else
        feed->at += (size_t)n;
    program->state.fed += (uint64_t)n;
    return n;
}

static int
pump_input(struct program *program)
{
    int moved = 0;

    while (program->input != -1 && has_feed(program)) {
        ssize_t n = feed_once(program);
        if (n == 0)
            return moved;
        moved = 1;
        if (n == -1) {
            program->is_terminal = 0;
            end_input(program);
            return moved;
        }
    }
    if (program->feed.is_closing && program->input != -1) {
        end_input(program);
        moved = 1;
    }
    return moved;
}

static uint64_t
fed_in_all(void)
{
    uint64_t fed = 0;

    for (int i = 0; i < HALVES; i++)
        fed += halves[i].state.fed;
    return fed;
}

/* Whoever prints more than is kept, so than anybody wants, after the byte from,
 * is ended with all that it has started. A prompt for each of many lines is no
 * flood. It may be a child that prints, and the half may have ended. */
static void
end_flood(struct program *program, int stream, uint64_t from)
{
    const uint64_t kept = program->kept[stream].limit;
    uint64_t more = FOR_EACH_FED * fed_in_all();

    if (more > MORE_KEPT * kept)
        more = MORE_KEPT * kept;
    if (program->state.bytes[stream] <= from + kept + more ||
        program->state.is_flood)
        return;
    program->state.is_flood = 1;
    kin_end(program->state.pid);
}

static void
keep(struct program *program, int stream, const char *bytes, size_t size)
{
    struct kept *kept = &program->kept[stream];
    size_t room = kept->limit - kept->size;

    program->state.bytes[stream] += size;
    if (stream == 0)
        for (size_t i = 0; i < size; i++)
            program->state.lines += bytes[i] == '\n';
    end_flood(program, stream, 0);
    if (size > room)
        size = room;
    char *more = realloc(kept->bytes, kept->size + size + 1);
    if (more == NULL)
        return;
    memcpy(more + kept->size, bytes, size);
    kept->bytes = more;
    kept->size += size;
}

/* Compares with the sequence instead of keeping. */
static void
compare(struct program *program, const char *bytes, size_t size)
{
    static char expected[CHUNK];
    struct half_state *state = &program->state;

    state->bytes[0] += size;
    if (state->pattern_is_wrong) {
        end_flood(program, 0, state->pattern_at);
        return;
    }
    pattern_fill(program->pattern_seed, state->pattern_at, expected, size);
    if (memcmp(bytes, expected, size) == 0) {
        state->pattern_at += size;
        return;
    }
    size_t same = 0;
    while (bytes[same] == expected[same])
        same++;
    state->pattern_at += same;
    state->pattern_is_wrong = 1;
}

/* Whoever waits for an answer to his few bytes does not print more meanwhile. */
static void
note_read(size_t size)
{
    if (program_collects())
        tiny_reads = size < 2 * TINY ? 0 : TINY_READS;
    else
        tiny_reads = size < TINY ? tiny_reads + 1 : 0;
}

int
program_collects(void)
{
    return tiny_reads == TINY_READS;
}

static int
pump_output(struct program *program, int stream)
{
    static char block[CHUNK];
    int moved = 0;

    for (int turn = 0; turn < TURNS && program->output[stream] != -1 &&
                       !(stream == 0 && program->is_held);
         turn++) {
        ssize_t n = read(program->output[stream], block, sizeof block);
        if (n == -1 && (errno == EAGAIN || errno == EINTR))
            return moved;
        moved = 1;
        if (n <= 0) {
            close_output(program, stream);
            return moved;
        }
        size_t size = (size_t)n;
        size_t skipped = 0;
        note_read(size);
        if (stream == 0) {
            skipped = size < program->skip ? size : program->skip;
            program->skip -= skipped;
        }
        if (stream == 0 && program->is_pattern)
            compare(program, block + skipped, size - skipped);
        else
            keep(program, stream, block + skipped, size - skipped);
        if (program->state.is_flood) { /* whoever still writes is told so */
            close_output(program, 0);
            close_output(program, 1);
        }
    }
    return moved;
}

int
program_listen(struct program *program)
{
    static char block[CHUNK];
    int is_news = 0;

    for (int turn = 0; turn < TURNS && program->log != -1; turn++) {
        ssize_t n = read(program->log, block, sizeof block);
        if (n == -1 && (errno == EAGAIN || errno == EINTR))
            return is_news;
        is_news = 1;
        if (n > 0)
            relay_take(program->relay, block, (size_t)n);
        else {
            close(program->log);
            program->log = -1;
        }
    }
    return is_news;
}

int
program_pump(struct program *program)
{
    int moved = pump_input(program);

    moved |= pump_output(program, 0);
    int complained = pump_output(program, 1);
    program->complaints += complained;
    moved |= complained &&
             (program->complaints <= COMPLAINTS || program->output[1] == -1);
    return (moved ? PUMP_MOVED : 0) | (complained ? PUMP_COMPLAINED : 0);
}

void
program_forget(struct program *program)
{
    if (program->state.pid != 0) {
        if (program->input != -1)
            close(program->input);
        for (int i = 0; i < 2; i++) {
            if (program->output[i] != -1)
                close(program->output[i]);
            free(program->kept[i].bytes);
        }
        if (program->log != -1)
            close(program->log);
        relay_free(program->relay);
        free(program->feed.bytes);
        control_free(program->control);
    }
    *program = program_none;
}

void
program_ended(struct program *program, int status)
{
    program->state.has_ended = 1;
    program->state.status = status;
    program->is_held = 0;
    program_pump(program);
    program_listen(program);
    if (program->relay == NULL)
        return;
    wine_tell_crash(program->path, program->relay, 0, program->state.crash);
    if (program->child_path[0] != '\0')
        wine_tell_crash(
            program->child_path, program->relay, 1, program->state.child_crash);
    /* Without the server nothing can start: some half has ended it. */
    if (WIFEXITED(status) && status != 0 && wine_is_on())
        snprintf(program->state.refusal, sizeof program->state.refusal, "%s",
            relay_refusal(program->relay));
}
