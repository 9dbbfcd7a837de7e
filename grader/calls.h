/*
 * calls.h - the system calls that a lab is about, and what they are done to
 *
 * A program makes many calls that are nobody's business: the loader maps its
 * libraries, printf() asks what standard output is. A call counts here if it is
 * made on an object of the lab: a file of the work folder, a pipe, a socket, a
 * System V object, a semaphore, a stream, a process.
 */
#ifndef CALLS_H
#define CALLS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "proc.h"
#include "wire.h"

/* The numbers of all of them, of this machine; *n: how many. */
const int *calls_numbers(size_t *n);

/* Describes a call that a thread is about to make: "open(\"n3f9a\", O_RDONLY)".
 * own: the pid of the half. The calls of another program that it has started
 * begin with "child: ", those of a process that it is itself with "helper: ".
 * Returns 0, or -1 if the call is none of the lab's. */
int calls_describe(struct call_entry *entry, pid_t own, pid_t thread,
    const struct proc_call *call);

/* Does it read from a descriptor at which there is something to read? */
int calls_finds_data(
    const struct call_entry *entry, const struct proc_call *call);

#endif
