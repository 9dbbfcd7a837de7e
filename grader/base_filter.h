/*
 * base_filter.h - the system calls that no half may make
 *
 * One seccomp filter (seccomp(2)) for the halves of every lab and platform. It
 * keeps a half from what could reach the warden, another half or the kernel's
 * rarer parts; what a lab program needs is not in it. Processes and threads
 * that the half makes inherit it, and none of them can take it off.
 */
#ifndef BASE_FILTER_H
#define BASE_FILTER_H

/* In the warden, before the first half is started: makes the filter, once.
 * Returns 0, or -1 with errno set: the kernel has no filters, or no memory. */
int base_filter_make(void);

/* In a new half, last of all before execve(): no call of the list is possible
 * from here on, if the filter was made. Returns 0, or -1 with errno set. */
int base_filter_enter(void);

#endif
