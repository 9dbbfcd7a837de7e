/*
 * control.h - stops chosen system calls of a half, and decides what they do
 *
 * A seccomp filter (seccomp(2), "user notification") that a half gets before it
 * becomes its program: each call that is a lab's business (calls.h) waits for
 * the warden, which notes it and lets it go on, holds it, fails it, or ends the
 * half right there. Processes and threads that the half makes inherit the
 * filter. No privilege is needed. Nothing here is a wall: the calls themselves
 * are carried out by the kernel as ever.
 */
#ifndef CONTROL_H
#define CONTROL_H

#include <poll.h>
#include <stddef.h>
#include <sys/types.h>

#include "wire.h"

struct control; /* of one half; NULL: nobody stops its calls */

/* Before the first half: finds out whether the kernel shows us the sockets of
 * others. If not, every half must tell when it gives one a limit of time. */
void control_begin(void);

/* In the warden, before the fork(). Returns 1 if the child is to be adopted, 0
 * if not, -1 with errno set: it is to be watched, and the kernel refuses. */
int control_prepare(int is_watched);

/* In the child, before its descriptors are limited (CAGE_DESCRIPTORS): installs
 * the filter, if there is to be one, and hands the listener over. */
void control_enter(void);

/* In the warden, after the fork() (pid -1: it failed). The half's first call
 * goes on when the warden serves it. NULL with errno set: the kernel refuses
 * filters (EPERM, EINVAL, ENOSYS, EBUSY); ECHILD: somebody has ended the child
 * before it came to it. */
struct control *control_adopt(pid_t pid, const struct rule *rule);
void control_free(struct control *control);

/* From now on; nth counts the calls that come. Whoever is held goes on. */
void control_rule(struct control *control, const struct rule *rule);
int control_was_ruled(const struct control *control);

/* The CALL_* flags that at least one of the calls has had. */
uint32_t control_facts(const struct control *control);

/* The calls so far. Returns how many. */
size_t control_log(const struct control *control, struct call_entry *entries);

/* What poll(2) is to wait for, and what to do when it came: serves the calls
 * that wait. Returns 1 if there was one. */
void control_poll(const struct control *control, struct pollfd *fd);
int control_pump(struct control *control, short events);

/* Is the thread held by a rule? For the proof of hang.h it then waits for
 * somebody else. */
int control_holds(pid_t thread);

/* Lets everything go on that is held, unless it is to be by RULE_STOP. Returns
 * 1 if there was something. */
int control_release(struct control *control);

#endif
