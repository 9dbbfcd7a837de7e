#define _GNU_SOURCE /* syscall(2): seccomp(2) and pidfd_getfd(2) lack wrappers */
/*
 * control.c - see control.h
 */
#include "control.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls.h"
#include "lab.h"

enum {
    HELD = 32,
    FILTER = 1024 /* instructions */
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

static int is_bare; /* without a sandbox */

static struct {
    struct sock_filter code[FILTER];
    unsigned short length;
    int *listener; /* shared with the child that installs the filter */
} filter;

/* Some calls are made for many reasons; arguments tell those that matter. */
static int
add_rule(scmp_filter_ctx context, int number)
{
    if (number == SYS_mmap) /* of a file */
        return seccomp_rule_add(context, SCMP_ACT_NOTIFY, number, 1,
            SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, 0));
    if (number == SYS_futex) /* that processes share */
        return seccomp_rule_add(context, SCMP_ACT_NOTIFY, number, 1,
            SCMP_A1(SCMP_CMP_MASKED_EQ, FUTEX_PRIVATE_FLAG, 0));
    return seccomp_rule_add(context, SCMP_ACT_NOTIFY, number, 0);
}

/* libseccomp makes the filter once; every half installs the same. */
static int
make_filter(void)
{
    scmp_filter_ctx context = seccomp_init(SCMP_ACT_ALLOW);
    int result = -ENOMEM;
    size_t n;
    const int *numbers = calls_numbers(&n);
    int file = (int)syscall(SYS_memfd_create, "filter", 1 /* close-on-exec */);

    if (context != NULL && file != -1) {
        result =
            seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ALLOW);
        seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, 2);
        for (size_t i = 0; i < n && result == 0; i++)
            result = add_rule(context, numbers[i]);
        if (result == 0)
            result = seccomp_export_bpf(context, file);
    }
    ssize_t size = result == 0 && lseek(file, 0, SEEK_SET) == 0
                       ? read_all(file, filter.code, sizeof filter.code)
                       : -1;
    filter.length =
        (unsigned short)(size > 0 ? (size_t)size / sizeof filter.code[0] : 0);
    seccomp_release(context);
    if (file != -1)
        close(file);
    errno = result != 0 ? -result : EINVAL;
    return filter.length > 0 ? 0 : -1;
}

void
control_begin(int is_unwalled)
{
    is_bare = is_unwalled;
}

int
control_prepare(void)
{
    if (filter.listener == NULL) {
        void *shared = mmap(NULL, sizeof *filter.listener,
            PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (shared == MAP_FAILED)
            return -1;
        filter.listener = shared;
    }
    *filter.listener = -ECHILD;
    return filter.length > 0 ? 0 : make_filter();
}

/* From the filter on, what is made known goes through shared memory: any other
 * way would be a call that stops. */
void
control_enter(void)
{
    struct sock_fprog program = {filter.length, filter.code};

    if (is_bare)
        prctl(PR_SET_DUMPABLE, 1);
    long listener = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
        SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
    *filter.listener = listener == -1 ? -errno : (int)listener;
    if (listener == -1)
        _exit(126);
    raise(SIGSTOP);
}

static int
take_listener(pid_t pid)
{
    int process = (int)syscall(SYS_pidfd_open, pid, 0);

    if (process == -1)
        return -1;
    int listener = (int)syscall(SYS_pidfd_getfd, process, *filter.listener, 0);
    close(process);
    return listener;
}

struct control *
control_adopt(pid_t pid, const struct rule *rule)
{
    struct control *control = calloc(1, sizeof *control);
    size_t free_place = 0;
    int status;

    while (free_place < HALVES && controls[free_place] != NULL)
        free_place++;
    while (waitpid(pid, &status, WUNTRACED) == -1)
        if (errno != EINTR)
            return NULL;
    int listener = -1;
    if (*filter.listener < 0)
        errno = -*filter.listener;
    else
        listener = take_listener(pid);
    if (control == NULL || listener == -1 || free_place == HALVES) {
        int error = errno;
        if (WIFSTOPPED(status)) {
            kill(pid, SIGKILL);
            waitpid(pid, &status, 0);
        }
        free(control);
        errno = error;
        return NULL;
    }
    control->listener = listener;
    control->own = pid;
    control_rule(control, rule);
    controls[free_place] = control;
    kill(pid, SIGCONT);
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
    struct seccomp_notif_resp response = {.id = id, .error = -error};

    if (error == 0)
        response.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    seccomp_notify_respond(control->listener, &response);
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
    note(control, &entry);
    decide(control, &entry, &call, notice->id, thread);
}

int
control_pump(struct control *control, short events)
{
    struct seccomp_notif notice;

    if (control == NULL || events == 0)
        return 0;
    memset(&notice, 0, sizeof notice);
    if ((events & POLLIN) != 0 &&
        seccomp_notify_receive(control->listener, &notice) == 0) {
        serve(control, &notice);
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
