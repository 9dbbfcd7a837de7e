#define _GNU_SOURCE /* syscall(2): seccomp(2) lacks a wrapper */
/*
 * control.c - see control.h
 */
#include "control.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cage.h"
#include "calls.h"
#include "filter.h"
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

static struct filter filter;

/* The child hands its listener over: [0] is the warden's end. */
static int handover[2];

/* What the kernel writes and reads may be larger than our headers know. */
static struct {
    size_t notice_size;
    size_t response_size;
    struct seccomp_notif *notice;
    struct seccomp_notif_resp *response;
} buffers;

/* Some calls are made for many reasons; arguments tell those that matter. The
 * descriptors from CAGE_DESCRIPTORS on are ours: a half can have none there. */
static int
add_rule(scmp_filter_ctx context, int number)
{
    const uint64_t high = UINT32_MAX & ~(uint64_t)(CAGE_DESCRIPTORS - 1);

    if (number == SYS_mmap) /* of a file */
        return seccomp_rule_add(context, SCMP_ACT_NOTIFY, number, 1,
            SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, 0));
    if (number == SYS_futex) /* that processes share */
        return seccomp_rule_add(context, SCMP_ACT_NOTIFY, number, 1,
            SCMP_A1(SCMP_CMP_MASKED_EQ, FUTEX_PRIVATE_FLAG, 0));
    if (number == SYS_sendmsg) /* but hand_over() */
        return seccomp_rule_add(context, SCMP_ACT_NOTIFY, number, 1,
            SCMP_A0(SCMP_CMP_MASKED_EQ, high, 0));
    return seccomp_rule_add(context, SCMP_ACT_NOTIFY, number, 0);
}

/* libseccomp makes the filter once; every half installs the same. */
static int
make_filter(void)
{
    scmp_filter_ctx context = seccomp_init(SCMP_ACT_ALLOW);
    size_t n;
    const int *numbers = calls_numbers(&n);

    if (context == NULL) {
        errno = ENOMEM;
        return -1;
    }
    /* Other architectures are the base filter's business. */
    int result =
        seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ALLOW);
    seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    for (size_t i = 0; i < n && result == 0; i++)
        result = add_rule(context, numbers[i]);
    if (result == 0)
        return filter_make(&filter, context);
    seccomp_release(context);
    errno = -result;
    return -1;
}

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

int
control_prepare(void)
{
    if (make_buffers() == -1 || (filter.length == 0 && make_filter() == -1))
        return -1;
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, handover);
}

/* A message with the listener, or with the reason why there is none. */
union handle {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int))];
};

static void
hand_over(int socket, int listener, int error)
{
    union handle handle = {.bytes = {0}};
    struct iovec text = {&error, sizeof error};
    struct msghdr message = {.msg_iov = &text, .msg_iovlen = 1};

    if (listener != -1) {
        message.msg_control = handle.bytes;
        message.msg_controllen = sizeof handle.bytes;
        handle.header.cmsg_level = SOL_SOCKET;
        handle.header.cmsg_type = SCM_RIGHTS;
        handle.header.cmsg_len = CMSG_LEN(sizeof listener);
        memcpy(CMSG_DATA(&handle.header), &listener, sizeof listener);
    }
    if (sendmsg(socket, &message, 0) == -1)
        _exit(126);
}

/* From the filter on, every call of the list waits for the warden, who cannot
 * answer without the listener: but for the one that hands it over. */
void
control_enter(void)
{
    int socket = fcntl(handover[1], F_DUPFD_CLOEXEC, CAGE_DESCRIPTORS);

    if (socket == -1)
        _exit(126);
    int listener = filter_install(&filter, SECCOMP_FILTER_FLAG_NEW_LISTENER);
    hand_over(socket, listener, listener == -1 ? errno : 0);
    if (listener == -1)
        _exit(126);
}

/* Waits until the child has sent something, or has ended. Another half may stop
 * it before it came to that: then it will never come. */
static int
await_child(pid_t pid)
{
    enum {
        LOOK_MS = 100
    };
    struct pollfd fd = {handover[0], POLLIN, 0};
    struct proc_stat stat;
    int n;

    while ((n = poll(&fd, 1, LOOK_MS)) != 1) {
        if (n == -1 && errno != EINTR)
            return -1;
        if (n == 0 && (proc_stat(pid, &stat) == -1 || stat.state == 'T')) {
            kill(pid, SIGKILL);
            errno = ECHILD;
            return -1;
        }
    }
    return 0;
}

static int
take_listener(pid_t pid)
{
    union handle handle = {.bytes = {0}};
    int error = 0;
    int listener = -1;
    struct iovec text = {&error, sizeof error};
    struct msghdr message = {.msg_iov = &text,
        .msg_iovlen = 1,
        .msg_control = handle.bytes,
        .msg_controllen = sizeof handle.bytes};

    if (await_child(pid) == -1)
        return -1;
    ssize_t n = recvmsg(handover[0], &message, MSG_CMSG_CLOEXEC);
    if (n == (ssize_t)sizeof error && error == 0 &&
        CMSG_FIRSTHDR(&message) != NULL)
        memcpy(&listener, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof listener);
    if (listener == -1)
        errno = n == 0 ? ECHILD : error != 0 ? error : EMFILE;
    return listener;
}

struct control *
control_adopt(pid_t pid, const struct rule *rule)
{
    struct control *control = calloc(1, sizeof *control);
    size_t free_place = 0;

    close(handover[1]); /* so that the child's end is the only one */
    while (free_place < HALVES && controls[free_place] != NULL)
        free_place++;
    int listener = take_listener(pid);
    int error = errno;
    close(handover[0]);
    if (control == NULL || listener == -1 || free_place == HALVES) {
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
            kill(entry->pid, SIGKILL);
            return;
        }
        break;
    }
    answer(control, id, 0);
}

static void
serve(struct control *control, const struct seccomp_notif *notice)
{
    struct proc_call call = {.number = notice->data.nr};
    struct call_entry entry;
    pid_t thread = (pid_t)notice->pid;

    memcpy(call.argument, notice->data.args, sizeof call.argument);
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
