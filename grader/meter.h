/*
 * meter.h - what the programs of an item have burnt, and how many there were
 *
 * The kernel adds the processor time of a process to that of the parent that
 * waits for it. Who ignores SIGCHLD does not wait: what his children have burnt
 * is added to nobody. So the meter remembers every process that it has seen,
 * and what it had burnt. Once the process is gone, its parent has burnt that
 * with its children, or what the kernel says of them, whichever is more: both
 * are parts of the truth, so nothing is counted twice.
 *
 * Who lives between two looks and is not waited for is not seen. Only the
 * number of such processes can be bounded.
 */
#ifndef METER_H
#define METER_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "proc.h"

/* Forgets what has been so far. */
void meter_reset(void);

/* Takes what proc_descendants() has told. Returns the processor time in ns that
 * all of them, and those before them, have burnt; it never gets less. */
uint64_t meter(const struct proc_stat *stats, size_t n);

/* What a process has burnt with its children that have ended, in ns; 0 if it is
 * not known. */
uint64_t meter_of(pid_t pid);

/* How many processes and threads there have been. Outside a namespace of
 * processes only those that were seen are counted, and no threads. */
uint32_t meter_made(void);

#endif
