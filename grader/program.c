/*
 * program.c - see program.h
 */
#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "cage.h"
#include "pattern.h"

enum { CHUNK = 65536, ARGUMENTS = 64, FLOOD = 4 };

/* Both ends close-on-exec, ours not blocking. */
static int
make_pipe(int ends[2], int ours)
{
    if (pipe(ends) == -1)
        return -1;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    fcntl(ends[ours], F_SETFL, O_NONBLOCK);
    return 0;
}

/* A terminal without echo: ends[0] is the program's side, ends[1] ours. */
static int
make_terminal(int ends[2])
{
    struct termios settings;

    ends[1] = posix_openpt(O_RDWR | O_NOCTTY);
    if (ends[1] == -1 || grantpt(ends[1]) == -1 || unlockpt(ends[1]) == -1)
        return -1;
    ends[0] = open(ptsname(ends[1]), O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (ends[0] == -1 || tcgetattr(ends[0], &settings) == -1)
        return -1;
    settings.c_lflag &= ~(tcflag_t)ECHO;
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    return tcsetattr(ends[0], TCSANOW, &settings);
}

/* Fills a pipe, so that the next write into it waits. */
static size_t
fill(int writing_end)
{
    static const char block[4096];
    size_t filled = 0;
    ssize_t n;

    fcntl(writing_end, F_SETFL, O_NONBLOCK);
    while ((n = write(writing_end, block, sizeof block)) > 0)
        filled += (size_t)n;
    fcntl(writing_end, F_SETFL, 0);
    return filled;
}

static int
open_streams(struct program *program, uint64_t flags, int input[2], int output[2],
    int error[2])
{
    struct stat status;
    int is_terminal = (flags & START_TERMINAL) != 0;

    if ((is_terminal ? make_terminal(input) : make_pipe(input, 1)) == -1 ||
        make_pipe(output, 0) == -1 || make_pipe(error, 0) == -1 ||
        fstat(input[0], &status) == -1)
        return -1;
    program->input_inode = status.st_ino;
    program->is_terminal = is_terminal;
    if (flags & START_HOLD) {
        program->is_held = 1;
        program->skip = fill(output[1]);
    }
    if (flags & START_FULL) {
        close(output[1]);
        output[1] = open("/dev/full", O_WRONLY | O_CLOEXEC);
    }
    if (flags & START_CLOSED) {
        close(output[0]);
        output[0] = -1;
    }
    return 0;
}

static _Noreturn void
become(const struct request *request, const char *kit, char *argv[],
    const int streams[3])
{
    char path[256];

    setsid();
    for (int fd = 0; fd < 3; fd++)
        if (dup2(streams[fd], fd) == -1)
            _exit(126);
    signal(SIGPIPE, SIG_DFL);
    cage_close((request->count & START_CHECKED) != 0);
    umask((request->count & START_UMASK) ? 0777 : 022);
    snprintf(path, sizeof path, "%s/%s", kit, request->program);
    execve(path, argv, cage_environment(kit));
    fprintf(stderr, "cannot start %s: %s\n", path, strerror(errno));
    _exit(126);
}

int
program_start(struct program *program, const struct request *request, const char *kit,
    const char *strings, size_t size)
{
    char *argv[ARGUMENTS + 1];
    size_t n = 0;
    int input[2];
    int output[2];
    int error[2];

    for (size_t at = 0; at < size && n < ARGUMENTS; n++) {
        argv[n] = (char *)strings + at;
        at += strlen(argv[n]) + 1;
    }
    argv[n] = NULL;
    memset(program, 0, sizeof *program);
    const char *slash = strrchr(request->program, '/');
    snprintf(program->name, sizeof program->name, "%.23s",
        slash != NULL ? slash + 1 : request->program);
    if (open_streams(program, request->count, input, output, error) == -1)
        return -1;
    const int streams[3] = {input[0], output[1], error[1]};
    program->state.pid = fork();
    if (program->state.pid == -1)
        return -1;
    if (program->state.pid == 0)
        become(request, kit, argv, streams);
    for (int i = 0; i < 3; i++)
        close(streams[i]);
    program->input = input[1];
    program->output[0] = output[0];
    program->output[1] = error[0];
    program->is_pattern = (request->count & START_PATTERN) != 0;
    program->pattern_seed = request->seed;
    for (int i = 0; i < 2; i++)
        program->kept[i].limit = request->keep > 0 ? request->keep : KEPT_BYTES;
    return 0;
}

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

void
program_poll(const struct program *program, struct pollfd *fds)
{
    int is_feeding = program->input != -1 && has_feed(program);

    fds[0] = (struct pollfd){is_feeding ? program->input : -1, POLLOUT, 0};
    fds[1] = (struct pollfd){program->is_held ? -1 : program->output[0], POLLIN, 0};
    fds[2] = (struct pollfd){program->output[1], POLLIN, 0};
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

/* Whoever prints far more than anybody wants, after the byte from, is ended. */
static void
end_flood(struct program *program, int stream, uint64_t from)
{
    uint64_t limit = from + (uint64_t)FLOOD * program->kept[stream].limit;

    if (program->state.bytes[stream] <= limit || program->state.has_ended)
        return;
    program->state.is_flood = 1;
    kill(program->state.pid, SIGKILL);
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

static int
pump_output(struct program *program, int stream)
{
    static char block[CHUNK];
    int moved = 0;

    while (program->output[stream] != -1 && !(stream == 0 && program->is_held)) {
        ssize_t n = read(program->output[stream], block, sizeof block);
        if (n == -1 && (errno == EAGAIN || errno == EINTR))
            return moved;
        moved = 1;
        if (n <= 0) {
            close(program->output[stream]);
            program->output[stream] = -1;
            return moved;
        }
        size_t size = (size_t)n;
        size_t skipped = 0;
        if (stream == 0) {
            skipped = size < program->skip ? size : program->skip;
            program->skip -= skipped;
        }
        if (stream == 0 && program->is_pattern)
            compare(program, block + skipped, size - skipped);
        else
            keep(program, stream, block + skipped, size - skipped);
        if (program->state.is_flood)
            return moved;
    }
    return moved;
}

int
program_pump(struct program *program)
{
    int moved = pump_input(program);

    moved |= pump_output(program, 0);
    moved |= pump_output(program, 1);
    return moved;
}

void
program_ended(struct program *program, int status)
{
    program->state.has_ended = 1;
    program->state.status = status;
    program->is_held = 0;
    program_pump(program);
}
