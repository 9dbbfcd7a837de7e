#define _GNU_SOURCE /* syscall(2): seccomp(2) lacks a wrapper */
/*
 * control.c - see control.h
 */
#include "control.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include "calls.h"
#include "census_socket.h"
#include "control_filter.h"
#include "handover.h"
#include "litter.h"
#include "proc.h"

enum {
    HELD = 32
};

struct held {
    uint64_t id; /* of the notification */
    pid_t thread;
};

struct control {
    int listener; /* -1: nobody with the filter is left */
    pid_t own;    /* the half's process */
    int is_begun; /* it has become its program */
    struct rule rule;
    uint32_t left; /* calls that match, until the rule is carried out */
    int was_ruled;
    pid_t ruled; /* whose call it was */
    struct held held[HELD];
    size_t nheld;
    uint32_t facts; /* the flags of all calls so far */
    size_t n;
    struct call_entry log[CALLS];
};

/* All of them, for control_holds(). */
static struct control *controls[HALVES];

static int is_blind; /* nobody shows us a socket: its limits must be told */

static const struct filter *next; /* of the child that comes; NULL: none */

/* What the kernel writes and reads may be larger than our headers know. */
static struct {
    size_t notice_size;
    size_t response_size;
    struct seccomp_notif *notice;
    struct seccomp_notif_resp *response;
} buffers;

static size_t
larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static int
make_buffers(void)
{
    struct seccomp_notif_sizes sizes;

    if (buffers.response != NULL)
        return 0;
    if (syscall(SYS_seccomp, SECCOMP_GET_NOTIF_SIZES, 0, &sizes) == -1)
        return -1;
    buffers.notice_size =
        larger(sizes.seccomp_notif, sizeof(struct seccomp_notif));
    buffers.response_size =
        larger(sizes.seccomp_notif_resp, sizeof(struct seccomp_notif_resp));
    buffers.notice = calloc(1, buffers.notice_size);
    buffers.response = calloc(1, buffers.response_size);
    return buffers.notice != NULL && buffers.response != NULL ? 0 : -1;
}

void
control_begin(void)
{
    is_blind = !census_can_take_fd();
}

int
control_prepare(int is_watched)
{
    next = NULL;
    if (!is_watched && !is_blind)
        return 0;
    if (make_buffers() == 0)
        next = control_filter(is_watched, is_blind);
    if (next != NULL && handover_prepare() == -1)
        next = NULL;
    if (next == NULL && !is_watched)
        census_socket_time_unknown();
    return next != NULL ? 1 : is_watched ? -1 : 0;
}

/* From the filter on, every call of the list waits for the warden, who cannot
 * answer without the listener: but for the one that hands it over. */
void
control_enter(void)
{
    if (next == NULL)
        return;
    handover_open();
    int listener = filter_install(next, SECCOMP_FILTER_FLAG_NEW_LISTENER);
    handover_give(listener, listener == -1 ? errno : 0);
}

struct control *
control_adopt(pid_t pid, const struct rule *rule)
{
    int listener = handover_take(pid);
    int error = errno;
    struct control *control =
        listener != -1 ? calloc(1, sizeof *control) : NULL;
    size_t free_place = 0;

    while (free_place < HALVES && controls[free_place] != NULL)
        free_place++;
    if (control == NULL || free_place == HALVES) {
        if (listener != -1)
            close(listener);
        free(control);
        errno = listener == -1 ? error : ENOMEM;
        return NULL;
    }
    control->listener = listener;
    control->own = pid;
    control_rule(control, rule);
    controls[free_place] = control;
    return control;
}

void
control_free(struct control *control)
{
    if (control == NULL)
        return;
    for (size_t i = 0; i < HALVES; i++)
        if (controls[i] == control)
            controls[i] = NULL;
    if (control->listener != -1)
        close(control->listener);
    free(control);
}

int
control_was_ruled(const struct control *control)
{
    return control != NULL && control->was_ruled;
}

uint32_t
control_facts(const struct control *control)
{
    return control != NULL ? control->facts : 0;
}

size_t
control_log(const struct control *control, struct call_entry *entries)
{
    if (control == NULL)
        return 0;
    memcpy(entries, control->log, control->n * sizeof *entries);
    return control->n;
}

void
control_poll(const struct control *control, struct pollfd *fd)
{
    *fd = (struct pollfd){control != NULL ? control->listener : -1, POLLIN, 0};
}

/* Lets a call go on, or fail with an error. Whoever was interrupted or killed
 * meanwhile does not wait any more: no matter. */
static void
answer(const struct control *control, uint64_t id, int error)
{
    struct seccomp_notif_resp *response = buffers.response;

    memset(response, 0, buffers.response_size);
    response->id = id;
    response->error = -error;
    if (error == 0)
        response->flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    seccomp_notify_respond(control->listener, response);
}

static void
answer_held(struct control *control)
{
    for (size_t i = 0; i < control->nheld; i++)
        answer(control, control->held[i].id, 0);
    control->nheld = 0;
}

void
control_rule(struct control *control, const struct rule *rule)
{
    answer_held(control);
    control->rule = *rule;
    control->left = rule->nth;
    control->was_ruled = 0;
}

static void
note(struct control *control, struct call_entry *entry)
{
    entry->nth = 1;
    for (size_t i = 0; i < control->n; i++)
        entry->nth += strcmp(control->log[i].what, entry->what) == 0;
    control->facts |= entry->flags;
    if (control->n < CALLS)
        control->log[control->n++] = *entry;
}

/* Is this the call that the rule is about? */
static int
is_meant(struct control *control, const struct call_entry *entry)
{
    const struct rule *rule = &control->rule;

    if (control->left == 0 ||
        strncmp(entry->what, rule->call, strlen(rule->call)) != 0)
        return 0;
    if (--control->left > 0)
        return 0;
    control->was_ruled = 1;
    control->ruled = entry->pid;
    return 1;
}

static void
hold(struct control *control, uint64_t id, pid_t thread)
{
    if (control->nheld == HELD)
        answer(control, id, 0);
    else
        control->held[control->nheld++] = (struct held){id, thread};
}

/* Every other time that a call is made which can wait: when it is repeated it
 * goes through. Nobody is interrupted while he takes what is there already. */
static int
is_interrupted(struct control *control, const struct call_entry *entry,
    const struct proc_call *call)
{
    if ((entry->flags & CALL_BLOCKS) == 0 ||
        (entry->flags & CALL_STREAM) != 0 || entry->nth % 2 == 0 ||
        control->n == CALLS || calls_finds_data(entry, call))
        return 0;
    control->was_ruled = 1;
    return 1;
}

static void
decide(struct control *control, const struct call_entry *entry,
    const struct proc_call *call, uint64_t id, pid_t thread)
{
    switch ((enum rule_verb)control->rule.verb) {
    case RULE_NONE:
        break;
    case RULE_HOLD:
    case RULE_STOP:
        /* Before a half counts as held, every thread of it must be. */
        if ((control->nheld > 0 && control->ruled == entry->pid) ||
            is_meant(control, entry)) {
            hold(control, id, thread);
            return;
        }
        break;
    case RULE_FAIL:
        if (is_meant(control, entry)) {
            answer(control, id, control->rule.error);
            return;
        }
        break;
    case RULE_INTERRUPT:
        if (is_interrupted(control, entry, call)) {
            answer(control, id, EINTR);
            return;
        }
        break;
    case RULE_KILL:
        if (is_meant(control, entry)) { /* an answer could still let it go */
            litter_note(entry->pid);
            kill(entry->pid, SIGKILL);
            return;
        }
        break;
    }
    answer(control, id, 0);
}

/* A socket gets a limit of time, or none any more. */
static void
note_time(pid_t thread, const struct proc_call *call)
{
    struct timeval time;

    if (proc_memory(thread, call->argument[3], &time, sizeof time) ==
        (ssize_t)sizeof time)
        census_socket_time(thread, (int)call->argument[0],
            time.tv_sec != 0 || time.tv_usec != 0);
}

static void
serve(struct control *control, const struct seccomp_notif *notice)
{
    struct proc_call call = {.number = notice->data.nr};
    struct call_entry entry;
    pid_t thread = (pid_t)notice->pid;

    memcpy(call.argument, notice->data.args, sizeof call.argument);
    if (call.number == SYS_setsockopt) {
        note_time(thread, &call);
        answer(control, notice->id, 0);
        return;
    }
    if (!control->is_begun) { /* its first call makes it the program */
        control->is_begun = call.number == SYS_execve;
        answer(control, notice->id, 0);
        return;
    }
    if (calls_describe(&entry, control->own, thread, &call) == -1) {
        answer(control, notice->id, 0);
        return;
    }
    /* It may have ended meanwhile, and its number may be somebody else's; or a
     * signal has interrupted the call, which is not going to be made. */
    if (seccomp_notify_id_valid(control->listener, notice->id) != 0)
        return;
    note(control, &entry);
    decide(control, &entry, &call, notice->id, thread);
}

int
control_pump(struct control *control, short events)
{
    if (control == NULL || events == 0)
        return 0;
    memset(buffers.notice, 0, buffers.notice_size);
    if ((events & POLLIN) != 0 &&
        seccomp_notify_receive(control->listener, buffers.notice) == 0) {
        serve(control, buffers.notice);
        return 1;
    }
    if ((events & (POLLHUP | POLLERR | POLLNVAL)) != 0) {
        close(control->listener);
        control->listener = -1;
        control->nheld = 0;
    }
    return 0;
}

int
control_holds(pid_t thread)
{
    for (size_t i = 0; i < HALVES; i++)
        for (size_t k = 0; controls[i] != NULL && k < controls[i]->nheld; k++)
            if (controls[i]->held[k].thread == thread)
                return 1;
    return 0;
}

int
control_release(struct control *control)
{
    if (control == NULL || control->nheld == 0 ||
        control->rule.verb == RULE_STOP)
        return 0;
    answer_held(control);
    return 1;
}
