/*
 * warden.c - the program inside the sandbox: starts, feeds, drains and watches
 *
 * usage: warden KIT WALLS [OWN [wine]]
 *
 * Descriptor 3 is the socket to the item (wire.h); the current folder is the
 * halves' work folder, KIT holds the programs. WALLS (walls.h) says what is
 * around us:
 *   namespaces  the warden is process 1, and everything ends with it; wine: its
 *               server is started at once
 *   users       OWN is "HALF WARDEN", user ids; we are root and become WARDEN;
 *               who has started us cleans up
 *   landlock, none
 *               when the item's end of the socket closes, the warden ends what
 *               it has started and removes the work folder, KIT and objects
 *               whose name holds the word OWN
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "await.h"
#include "base_filter.h"
#include "bounds.h"
#include "census.h"
#include "census_sysv.h"
#include "errand.h"
#include "fence.h"
#include "folder.h"
#include "halves.h"
#include "lab.h"
#include "litter.h"
#include "proc.h"
#include "sweep.h"
#include "trace.h"
#include "wine.h"
#include "wire.h"

enum {
    SOCKET = 3
};

/* A half may have 40 (program.c leaves room for those that are yet to be
 * started). The second number is for trace_begin(): room for the tracers. */
static const struct rlimit processes = {40 + HALVES, 40 + 2 * HALVES};
static const struct rlimit wine_processes = {WINE_PROCESSES, WINE_PROCESSES};

static struct {
    const char *kit;
    const char *own; /* NULL: all that we may remove is the item's */
    int has_wine;
    struct reply reply;
    char payload[PAYLOAD_LIMIT + 1];        /* of the request */
    _Alignas(8) char answer[PAYLOAD_LIMIT]; /* of the reply, or structs */
} warden;

static int
start(const struct request *request)
{
    if (request->half < 0 || request->half >= HALVES)
        return -1;
    program_forget(&halves[request->half]);
    int result = program_start(&halves[request->half], request, warden.kit,
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
            if (halves[h].state.pid == stats[i].pid &&
                !halves[h].state.has_ended)
                list[known].half = h;
        known++;
    }
    warden.reply.size = (uint32_t)(known * sizeof *list);
    return 0;
}

static int
give_output(const struct request *request)
{
    const struct kept *kept = &halves[request->half].kept[request->count != 1];

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
    warden.reply.is_touched = census_sysv_is_touched();
    return 0;
}

static int
trace(const struct request *request)
{
    struct reply *reply = &warden.reply;

    if (request->count == 1)
        return trace_begin();
    snprintf(reply->who, sizeof reply->who, "%s", WIRE_TRACE);
    reply->size = (uint32_t)(warden.has_wine ? halves_tell_relay(warden.answer)
                                             : trace_give(warden.answer));
    return 0;
}

static int
list_relay(const struct program *half)
{
    struct relay_call *calls = (struct relay_call *)warden.answer;

    if (half->relay != NULL)
        warden.reply.size =
            (uint32_t)(relay_log(half->relay, calls) * sizeof *calls);
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
begin_again(enum again again)
{
    static char word[64];

    halves_forget();
    if (again == AGAIN_AS_IT_IS)
        return 0;
    if (warden.has_wine && wine_settle() == -1) {
        errno = ESRCH;
        return -1;
    }
    if (fence() == FENCE_USERS) {
        sweep_user(fence_user());
        sweep_work();
    } else
        sweep_objects(warden.own != NULL ? warden.own : "");
    litter_sweep();
    if (fence() == FENCE_SANDBOX) /* Wine has its socket there */
        folder_renew("/tmp", 0755, warden.has_wine ? wine_owns : NULL);
    if (warden.own != NULL && warden.payload[0] != '\0') {
        snprintf(word, sizeof word, "%.63s", warden.payload);
        warden.own = word;
    }
    halves_strays = 0;
    if (again == AGAIN_ITEM)
        bounds_begin_again();
    warden.reply.is_touched = census_sysv_is_touched();
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
    const struct half_state *state = &halves[request->half].state;

    if (state->pid == 0 || state->has_ended)
        return 0;
    trace_signalled(state->pid, (int)request->count);
    if (request->count == SIGKILL)
        litter_note(state->pid);
    return kill(state->pid, (int)request->count);
}

/* Carries one request out. Returns 0, or -1 with errno set. */
static int
serve(const struct request *request)
{
    struct program *half = &halves[request->half];

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
    case REQUEST_HANG_UP:
        program_hang_up(half);
        return 0;
    case REQUEST_WAIT:
        await(request, &warden.reply, SOCKET, warden.own);
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
        return begin_again((enum again)request->count);
    case REQUEST_TRACE:
        return trace(request);
    case REQUEST_RELAY:
        return list_relay(half);
    case REQUEST_MAKE:
    case REQUEST_PATCH:
    case REQUEST_REMOVE:
    case REQUEST_READ:
    case REQUEST_POST:
    case REQUEST_FIND:
    case REQUEST_WRITE:
    case REQUEST_RESIZE:
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
    reply->slept = 0;
    reply->error = serve(&request) == -1 ? errno : 0;
    reply->strays = halves_strays;
    reply->excess = bounds_excess();
    reply->burnt = bounds_burnt();
    reply->is_wine_gone = warden.has_wine && !wine_is_on();
    census_sysv_note();
    for (int i = 0; i < HALVES; i++) {
        struct program *half = &halves[i];
        half->state.maps_private |=
            (control_facts(half->control) & CALL_COPIES) != 0;
        half->state.was_ruled = control_was_ruled(half->control);
        reply->half[i] = half->state;
    }
    return write_all(SOCKET, reply, sizeof *reply) == 0 &&
           write_all(SOCKET, warden.answer, reply->size) == 0;
}

static void
prepare(const char *walls, const char *own, int has_wine)
{
    int news = halves_begin();

    signal(SIGPIPE, SIG_IGN);
    fcntl(SOCKET, F_SETFD, FD_CLOEXEC);
    for (int fd = SOCKET + 1; fd < 1024; fd++)
        if (fd != news)
            close(fd);
    if (fence_begin(walls, own, warden.kit) == -1)
        _exit(2);
    if (fence() == FENCE_LANDLOCK || fence() == FENCE_NONE)
        warden.own = own;
    /* No half may look into us, or take our socket. */
    prctl(PR_SET_DUMPABLE, 0);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    control_begin();
    /* Without walls a kernel that has no filters may do. */
    if (base_filter_make() == -1 && fence() != FENCE_NONE)
        _exit(2);
    bounds_begin(fence() != FENCE_SANDBOX, has_wine);
    if (warden.own != NULL) {
        census_sysv_begin();
        litter_begin();
    } else {
        if (fence() == FENCE_USERS) {
            census_begin(fence_user());
            census_sysv_choose(fence_user());
        } else
            census_sysv_plant();
        setrlimit(RLIMIT_NPROC, has_wine ? &wine_processes : &processes);
    }
    if (has_wine)
        /* Else no half can be started. */
        warden.has_wine = wine_begin(warden.kit) == 0;
}

int
main(int argc, char *argv[])
{
    pid_t caller;

    if (argc < 3)
        return 2;
    warden.kit = argv[1];
    prepare(argv[2], argc > 3 ? argv[3] : "", argc > 4);
    for (;;)
        if (halves_pump(SOCKET, -1, &caller) == EVENT_ASKED &&
            !answer_request())
            break;
    trace_forget();
    if (warden.own != NULL) {
        litter_note_all();
        sweep_processes();
        sweep_objects(warden.own);
        litter_sweep();
        sweep_folders(warden.kit);
    }
    /* Not exit(): a sanitizer would look for leaks while we are being ended. */
    _exit(0);
}
