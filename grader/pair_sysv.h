/*
 * pair_sysv.h - an item's view of the System V objects under the key of a file
 *
 * The key is ftok(file, 'L'), file being in the work folder. Calls that fail
 * because there is no such object return -1; nothing here waits.
 */
#ifndef PAIR_SYSV_H
#define PAIR_SYSV_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "census_sysv.h"

/* Makes an object of size bytes or semaphores, mode 0600; it must not exist. */
void sysv_make(const char *file, enum sysv_kind kind, uint64_t size);

/* Sends a message without waiting. Receives one of that type, as msgrcv(2)
 * has it; returns its size, or -1. */
int sysv_send(const char *file, long type, const void *bytes, size_t size);
ssize_t sysv_receive(const char *file, long type, void *bytes, size_t size);

/* The queue takes so many bytes, no more. */
int sysv_limit(const char *file, uint64_t bytes);

/* Stores into the segment, or copies out of it. */
int sysv_store(
    const char *file, uint64_t offset, const void *bytes, size_t size);
int sysv_fetch(const char *file, uint64_t offset, void *bytes, size_t size);

/* Changes a semaphore of the set without waiting. */
int sysv_add(const char *file, int semaphore, int by);

int sysv_remove(const char *file, enum sysv_kind kind);

/* A fresh census. Returns how many; valid until the next call. */
size_t pair_sysv(const struct census_sysv **list);

/* At that census: has anybody used or removed an object with the ID 0? It is
 * nobody's (census_sysv_plant). */
int sysv_is_touched(void);

/* The only object of that kind, or NULL (none, or several). */
const struct census_sysv *sysv_only(enum sysv_kind kind);

/* The same where only the grader or the reference can have made it: that there
 * is not one is the grader's trouble. */
const struct census_sysv *sysv_certain(enum sysv_kind kind);

#endif
