/*
 * census_sysv.h - which System V objects exist (proc(5): /proc/sysvipc)
 *
 * In a sandbox these are the item's. Outside one they are machine-wide: then
 * only those are told of that appeared after census_sysv_begin() and were
 * traced to our processes (who created or last used it), or to a file of the
 * work folder from which the key is made (ftok(3)).
 */
#ifndef CENSUS_SYSV_H
#define CENSUS_SYSV_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
    CENSUS_SYSV = 32,
    CENSUS_SEMAPHORES = 4
};

enum sysv_kind {
    SYSV_QUEUE,
    SYSV_SEGMENT,
    SYSV_SET /* of semaphores */
};

struct census_semaphore {
    int32_t value;
    int32_t waiting; /* processes that wait for more */
    int32_t zero;    /* processes that wait for 0 */
    pid_t last;      /* who changed it last */
};

struct census_sysv {
    uint32_t kind;
    int32_t key;
    int32_t id;
    mode_t mode;
    uid_t owner;
    uid_t maker;    /* who can never be changed */
    pid_t creator;  /* segments; 0: the kernel does not tell */
    pid_t last;     /* who sent, attached or changed last */
    pid_t receiver; /* queues: who received last */
    uint64_t bytes; /* in the queue; of the segment */
    uint64_t limit; /* queues: bytes at most */
    uint32_t count; /* messages; who has it attached; semaphores */
    struct census_semaphore semaphore[CENSUS_SEMAPHORES];
};

struct census_sysv_sum {
    uint64_t bytes; /* what the kernel needs for them */
    uint32_t objects;
};

/* Outside a sandbox, before anything is started: what is there already is
 * somebody else's. */
void census_sysv_begin(void);

/* In a sandbox, before anything is started: makes an object of each kind, which
 * is somebody else's, and gets the ID 0, the first of all. Whoever has not made
 * or found an object yet must not take 0 for its ID. */
void census_sysv_plant(void);

/* Where other users' objects are about: only those that this user has made are
 * listed, and nothing is planted. */
void census_sysv_choose(uid_t user);

/* What there is of those. */
struct census_sysv_sum census_sysv_sum(void);

/* Has anybody used or removed one of these? */
int census_sysv_is_touched(void);

/* Outside a sandbox: remembers our processes, and what can be traced now: its
 * file or its last user may be gone later. */
void census_sysv_note(void);

/* Lists the objects, at most CENSUS_SYSV. Returns how many. */
size_t census_sysv(struct census_sysv *list);

/* Finds an object of that kind by its id. Returns 0, or -1. */
int census_sysv_find(
    enum sysv_kind kind, int32_t id, struct census_sysv *found);

/* Removes one object. Returns 0, or -1 with errno set. */
int census_sysv_remove(enum sysv_kind kind, int32_t id);

/* Removes all that census_sysv() lists, however much it is. */
void census_sysv_sweep(void);

#endif
