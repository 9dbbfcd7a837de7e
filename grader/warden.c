/*
 * warden.c - the program inside the sandbox: starts, feeds, drains and watches
 *
 * usage: warden KIT [OWN]
 *
 * Descriptor 3 is the socket to the item (wire.h); the current folder is the
 * halves' work folder, KIT holds the programs. In a sandbox the warden is
 * process 1 and everything ends with it. OWN means that there is no sandbox:
 * then, when the item's end of the socket closes, the warden ends what it has
 * started and removes the work folder, KIT and objects whose name holds OWN.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cage.h"
#include "cause.h"
#include "census.h"
#include "census_sysv.h"
#include "errand.h"
#include "lab.h"
#include "program.h"
#include "sweep.h"
#include "trace.h"
#include "watch.h"
#include "wire.h"

enum {
    SOCKET = 3
};

/* The second number is for trace_begin(): it makes room for the tracers. */
static const struct rlimit processes = {40, 40 + HALVES};

static struct {
    const char *kit;
    const char *own; /* NULL in a sandbox */
    int children;    /* signalfd: a child has ended */
    struct program half[HALVES];
    struct reply reply;
    char payload[PAYLOAD_LIMIT + 1];        /* of the request */
    _Alignas(8) char answer[PAYLOAD_LIMIT]; /* of the reply, or structs */
} warden;

/* What has happened. */
enum event {
    NOTHING,
    MOVED,  /* a byte, or a process has ended */
    ASKED,  /* the item wants something */
    CALLED, /* a half's call was stopped, and maybe goes on */
};

static struct program *
half_of(pid_t pid)
{
    for (int i = 0; i < HALVES; i++)
        if (warden.half[i].state.pid == pid)
            return &warden.half[i];
    return NULL;
}

/* Takes the news of ended processes. Returns 1 if there were any. */
static int
reap(void)
{
    struct signalfd_siginfo info;
    int status;
    int news = 0;
    pid_t pid;

    while (read(warden.children, &info, sizeof info) > 0)
        continue;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        struct program *half = half_of(pid);
        if (half != NULL)
            program_ended(half, status);
        else if (!trace_reaped(pid))
            warden.reply.strays++;
        news = 1;
    }
    return news;
}

/* Waits up to timeout milliseconds (-1: for ever) for something to happen,
 * and deals with it, unless the item asks. caller: whose call it was. */
static enum event
pump(int timeout, pid_t *caller)
{
    struct pollfd fds[2 + 5 * HALVES];
    struct pollfd *calls = &fds[2 + 3 * HALVES];
    int moved = 0;
    int called = 0;

    fds[0] = (struct pollfd){SOCKET, POLLIN, 0};
    fds[1] = (struct pollfd){warden.children, POLLIN, 0};
    for (int i = 0; i < HALVES; i++)
        program_poll(&warden.half[i], &fds[2 + 3 * i]);
    for (int i = 0; i < HALVES; i++)
        control_poll(warden.half[i].control, &calls[i]);
    trace_poll(&fds[2 + 4 * HALVES]);
    if (poll(fds, 2 + 5 * HALVES, timeout) <= 0)
        return NOTHING;
    trace_pump();
    for (int i = 0; i < HALVES; i++)
        if (fds[2 + 3 * i].revents | fds[3 + 3 * i].revents |
            fds[4 + 3 * i].revents)
            moved |= program_pump(&warden.half[i]);
    for (int i = 0; i < HALVES; i++)
        if (control_pump(warden.half[i].control, calls[i].revents)) {
            *caller = warden.half[i].state.pid;
            called = 1;
        }
    if (fds[1].revents)
        moved |= reap();
    if (moved || called)
        return moved ? MOVED : CALLED;
    return fds[0].revents ? ASKED : NOTHING;
}

/* Has it come true, or can it no longer? Returns -1 while it is open. */
static int
verdict(const struct request *request)
{
    const struct half_state *state = &warden.half[request->half].state;

    switch ((enum condition)request->condition) {
    case UNTIL_LINES:
        if (state->lines >= request->count)
            return OUTCOME_HOLDS;
        break;
    case UNTIL_BYTES:
        if (state->bytes[0] >= request->count)
            return OUTCOME_HOLDS;
        break;
    case UNTIL_ENDED:
        if (state->has_ended)
            return state->is_flood ? OUTCOME_FLOOD : OUTCOME_HOLDS;
        return -1;
    case UNTIL_SETTLED:
    case UNTIL_RESTING:
        return -1; /* only the proof can tell */
    }
    if (state->is_flood && state->has_ended)
        return OUTCOME_FLOOD;
    return state->has_ended ? OUTCOME_ENDED : -1;
}

static void
tell_cause(const struct hang *hang)
{
    struct part parts[HALVES];
    struct reply *reply = &warden.reply;

    memset(parts, 0, sizeof parts);
    for (int i = 0; i < HALVES; i++) {
        const struct program *half = &warden.half[i];
        if (half->state.pid == 0 || half->state.has_ended)
            continue;
        parts[i].pid = half->state.pid;
        memcpy(parts[i].name, half->name, sizeof half->name);
        parts[i].input = half->input_inode;
        parts[i].is_fed = half->input != -1;
    }
    cause_tell(hang, parts, HALVES, reply->id, sizeof reply->id, reply->cause,
        sizeof reply->cause);
}

/* What can be seen only while a half lives is noted whenever it sits still. */
static void
note_maps(void)
{
    static struct census_process process;
    static struct census_file files[CENSUS_FILES];
    size_t n = census_files(files, warden.own);

    for (int i = 0; i < HALVES; i++) {
        struct half_state *state = &warden.half[i].state;
        if (state->pid == 0 || state->has_ended ||
            census_process(state->pid, &process) == -1)
            continue;
        for (uint32_t m = 0; m < process.maps; m++) {
            const struct census_map *map = &process.map[m];
            for (size_t f = 0; f < n; f++) {
                if (files[f].inode != map->inode ||
                    strncmp(map->path, "/dev/shm/", 9) == 0 ||
                    strcmp(files[f].where, "work") != 0)
                    continue;
                state->maps_private |= map->access[3] == 'p';
                state->maps_beyond |= map->offset >= (uint64_t)files[f].size;
            }
        }
    }
}

/* How long each half is going to rest at most, as far as its call tells. */
static void
note_timeouts(const struct hang *hang)
{
    for (int i = 0; i < HALVES; i++)
        warden.half[i].state.timeout = -1;
    for (uint32_t i = 0; i < hang->threads; i++) {
        struct program *half = half_of(hang->thread[i].pid);
        int64_t timeout = hang_timeout(&hang->thread[i]);
        if (half == NULL || timeout == -1)
            continue;
        half->state.timeout = timeout;
        half->state.switches = hang->thread[i].switches;
    }
}

/* Whoever is held goes on when nobody else can: when all others wait for good,
 * or for something and not longer than a certain time. Who only sleeps will go
 * on by himself. */
static int
release_held(struct watch *watch)
{
    int released = 0;

    if (watch->still == STILL_NOT ||
        (watch->still == STILL_TIMED && hang_sleeps(&watch->hang)))
        return 0;
    for (int i = 0; i < HALVES; i++)
        released |= control_release(warden.half[i].control);
    if (released)
        watch_moved(watch);
    return released;
}

/* What to think of it. */
static enum outcome
take(struct watch *watch, enum event event, pid_t caller)
{
    if (event == CALLED)
        return watch_called(watch, caller);
    if (event == NOTHING)
        return watch_look(watch);
    watch_moved(watch);
    return watch_clock(watch);
}

/* Has something happened before the look, which says that nobody will? */
static int
is_late(struct watch *watch)
{
    pid_t caller;
    enum event event = pump(0, &caller);

    if (event == MOVED)
        watch_moved(watch);
    return event == MOVED || event == CALLED;
}

static void
wait_until(const struct request *request)
{
    struct reply *reply = &warden.reply;
    static struct watch watch;
    pid_t caller = 0;
    int result;

    watch_start(&watch, (enum condition)request->condition);
    while ((result = verdict(request)) == -1) {
        enum event event = pump(watch_pause(&watch), &caller);
        if (event == ASKED)
            break; /* the item has gone */
        enum outcome seen = take(&watch, event, caller);
        int is_still = event == NOTHING && watch.still != STILL_NOT;
        if (is_still && (is_late(&watch) || release_held(&watch)))
            continue;
        if (seen == OUTCOME_HOLDS)
            continue; /* nothing to tell yet */
        result = (int)seen;
        if (seen == OUTCOME_STUCK) {
            note_maps();
            note_timeouts(&watch.hang);
            if (request->condition == UNTIL_SETTLED ||
                request->condition == UNTIL_RESTING)
                result = OUTCOME_HOLDS;
        }
        tell_cause(&watch.hang);
        for (int i = 0; i < HALVES; i++)
            if (warden.half[i].state.pid == watch.culprit)
                reply->culprit = i;
        break;
    }
    reply->outcome = (uint32_t)result;
}

static int
start(const struct request *request)
{
    if (request->half < 0 || request->half >= HALVES)
        return -1;
    program_forget(&warden.half[request->half]);
    int result = program_start(&warden.half[request->half], request, warden.kit,
        warden.payload, request->size);
    warden.reply.is_refused = result == -2;
    return result == 0 ? 0 : -1;
}

static int
list_processes(void)
{
    static struct proc_stat stats[PROC_LIMIT];
    struct census_process *list = (struct census_process *)warden.answer;
    size_t n = proc_descendants(stats, PROC_LIMIT);
    size_t known = 0;

    for (size_t i = 0; i < n && known < CENSUS_PROCESSES; i++) {
        if (census_process(stats[i].pid, &list[known]) == -1)
            continue;
        list[known].half = -1;
        for (int h = 0; h < HALVES; h++)
            if (warden.half[h].state.pid == stats[i].pid &&
                !warden.half[h].state.has_ended)
                list[known].half = h;
        known++;
    }
    warden.reply.size = (uint32_t)(known * sizeof *list);
    return 0;
}

static int
give_output(const struct request *request)
{
    const struct kept *kept =
        &warden.half[request->half].kept[request->count != 1];

    warden.reply.size =
        (uint32_t)(kept->size < PAYLOAD_LIMIT ? kept->size : PAYLOAD_LIMIT);
    if (kept->size > 0)
        memcpy(warden.answer, kept->bytes, warden.reply.size);
    return 0;
}

static int
list_files(void)
{
    struct census_file *files = (struct census_file *)warden.answer;

    warden.reply.size =
        (uint32_t)(census_files(files, warden.own) * sizeof *files);
    return 0;
}

static int
list_objects(void)
{
    struct census_sysv *list = (struct census_sysv *)warden.answer;

    warden.reply.size = (uint32_t)(census_sysv(list) * sizeof *list);
    return 0;
}

static int
trace(const struct request *request)
{
    struct reply *reply = &warden.reply;

    if (request->count == 1)
        return trace_begin();
    snprintf(reply->who, sizeof reply->who, "%s", WIRE_TRACE);
    reply->size = (uint32_t)trace_give(warden.answer);
    return 0;
}

static int
list_calls(const struct program *half)
{
    struct call_entry *entries = (struct call_entry *)warden.answer;

    warden.reply.size =
        (uint32_t)(control_log(half->control, entries) * sizeof *entries);
    return 0;
}

/* Before the next run of the same item. */
static int
begin_again(int is_clean)
{
    trace_forget();
    sweep_processes();
    for (int i = 0; i < HALVES; i++)
        program_forget(&warden.half[i]);
    if (!is_clean)
        return 0;
    sweep_objects(warden.own != NULL ? warden.own : "");
    if (warden.own == NULL)
        sweep_folder("/tmp");
    warden.reply.strays = 0;
    return 0;
}

static int
set_rule(struct program *half, const struct rule *rule)
{
    if (half->control == NULL) {
        errno = EINVAL;
        return -1;
    }
    control_rule(half->control, rule);
    return 0;
}

static int
send_signal(const struct request *request)
{
    const struct half_state *state = &warden.half[request->half].state;

    if (state->pid == 0 || state->has_ended)
        return 0;
    trace_signalled(state->pid, (int)request->count);
    return kill(state->pid, (int)request->count);
}

/* Carries one request out. Returns 0, or -1 with errno set. */
static int
serve(const struct request *request)
{
    struct program *half = &warden.half[request->half];

    switch ((enum request_kind)request->kind) {
    case REQUEST_START:
        return start(request);
    case REQUEST_FEED:
        return program_feed(half, warden.payload, request->size);
    case REQUEST_PATTERN:
        program_feed_pattern(half, request->seed, request->count);
        return 0;
    case REQUEST_CLOSE:
        program_close(half);
        return 0;
    case REQUEST_SIGNAL:
        return send_signal(request);
    case REQUEST_DRAIN:
        program_drain(half);
        return 0;
    case REQUEST_WAIT:
        wait_until(request);
        return 0;
    case REQUEST_OUTPUT:
        return give_output(request);
    case REQUEST_FILES:
        return list_files();
    case REQUEST_PROCESSES:
        return list_processes();
    case REQUEST_OBJECTS:
        return list_objects();
    case REQUEST_RULE:
        return set_rule(half, &request->rule);
    case REQUEST_CALLS:
        return list_calls(half);
    case REQUEST_AGAIN:
        return begin_again(request->count != 0);
    case REQUEST_TRACE:
        return trace(request);
    case REQUEST_MAKE:
    case REQUEST_PATCH:
    case REQUEST_REMOVE:
    case REQUEST_READ:
    case REQUEST_POST:
    case REQUEST_FIND:
    case REQUEST_WRITE:
    case REQUEST_DATAGRAM:
    case REQUEST_SYSV:
        return errand(request, warden.payload, &warden.reply, warden.answer);
    }
    errno = EINVAL;
    return -1;
}

/* Returns 0 when the item has hung up. */
static int
answer_request(void)
{
    struct request request;
    struct reply *reply = &warden.reply;

    if (read_all(SOCKET, &request, sizeof request) != sizeof request ||
        request.size > PAYLOAD_LIMIT || request.half < 0 ||
        request.half >= HALVES ||
        read_all(SOCKET, warden.payload, request.size) != (ssize_t)request.size)
        return 0;
    warden.payload[request.size] = '\0';
    reply->outcome = OUTCOME_HOLDS;
    reply->size = 0;
    reply->culprit = -1;
    reply->id[0] = '\0';
    reply->cause[0] = '\0';
    reply->is_refused = 0;
    reply->error = serve(&request) == -1 ? errno : 0;
    census_sysv_note();
    for (int i = 0; i < HALVES; i++) {
        struct program *half = &warden.half[i];
        half->state.maps_private |=
            (control_facts(half->control) & CALL_COPIES) != 0;
        half->state.was_ruled = control_was_ruled(half->control);
        reply->half[i] = half->state;
    }
    return write_all(SOCKET, reply, sizeof *reply) == 0 &&
           write_all(SOCKET, warden.answer, reply->size) == 0;
}

static void
prepare(void)
{
    sigset_t children;

    for (int i = 0; i < HALVES; i++)
        warden.half[i] = (struct program){.input = -1, .output = {-1, -1}};
    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    warden.children = signalfd(-1, &children, SFD_NONBLOCK | SFD_CLOEXEC);
    sigprocmask(SIG_BLOCK, &children, NULL);
    fcntl(SOCKET, F_SETFD, FD_CLOEXEC);
    for (int fd = SOCKET + 1; fd < 1024; fd++)
        if (fd != warden.children)
            close(fd);
    /* No half may look into us, or take our socket. */
    prctl(PR_SET_DUMPABLE, 0);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    control_begin(warden.own != NULL);
    if (warden.own != NULL)
        census_sysv_begin();
    else
        setrlimit(RLIMIT_NPROC, &processes);
}

int
main(int argc, char *argv[])
{
    pid_t caller;

    if (argc < 2)
        return 2;
    warden.kit = argv[1];
    warden.own = argc > 2 ? argv[2] : NULL;
    prepare();
    for (;;)
        if (pump(-1, &caller) == ASKED && !answer_request())
            break;
    trace_forget();
    if (warden.own != NULL)
        sweep(warden.kit, warden.own);
    /* Not exit(): a sanitizer would look for leaks while we are being ended. */
    _exit(0);
}
