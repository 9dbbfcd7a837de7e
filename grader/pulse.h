/*
 * pulse.h - is the warden still at work, or does it sit still for good?
 */
#ifndef PULSE_H
#define PULSE_H

#include "sandbox.h"

enum {
    PULSE_SECONDS = 20 /* in which the warden does nothing at all */
};

/* Waits until the warden's socket is ready for events (poll(2)), or the warden
 * has ended. Whatever it does for an item,
 * it wakes up many times a second, unless something that a half has done keeps
 * it in a system call: that is proved by its context switches and processor
 * time, however slow the machine is. Returns 0, or -1: no answer will come. */
int pulse_await(const struct sandbox *sandbox, short events);

#endif
