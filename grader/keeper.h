/*
 * keeper.h - the root process that gives every item user ids of its own
 *
 * Where there are no namespaces, user ids keep items apart: one for the halves
 * of an item, one for its warden. Only root can start a process with another's
 * id, and end and remove what it leaves. So the grader that was started as root
 * splits: the parent, the keeper, stays root and does nothing but that; the
 * child grades, without any right, and asks the keeper over a socket.
 *
 * For each request the keeper starts a guard (guard.h), which answers over a
 * socket of its own, the lease: when the asker closes it, or dies, the guard
 * ends and removes everything.
 */
#ifndef KEEPER_H
#define KEEPER_H

#include <stdint.h>

#include "sandbox.h"

enum {
    KEEPER_SCRIPT = 2048,
    /* The first of 2 * PLACES user ids, unless chosen: on the machine itself,
     * and in its containers, each of which has others. */
    KEEPER_IDS = 50000,
    KEEPER_CONTAINERS = 1000000
};

enum keeper_kind {
    KEEPER_ITEM, /* a warden; descriptors: lease, its socket, files */
    KEEPER_RUN   /* a script; descriptors: lease, output, messages, files */
};

/* What the grader asks for. The keeper believes nothing of it. */
struct keeper_order {
    uint32_t kind;
    uint32_t nfiles;
    struct {
        char path[64];
        uint32_t mode;
    } file[SANDBOX_FILES];
    char script[KEEPER_SCRIPT];
};

/* The answer: when the item is ready, or when the script has ended. */
struct keeper_news {
    int32_t place;  /* -1: it could not be done */
    int32_t pid;    /* of the warden */
    int32_t status; /* of the script, as from waitpid(2) */
    char why[200];
};

enum {
    KEEPER_FDS = SANDBOX_FILES + 3
};

/* If we are root: splits the calling process, and returns in the child. The
 * keeper ends after it, with its status. warden: image of the warden. Returns
 * 0, or -1 with errno set; 0 as well if we are not root: there is no keeper. */
int keeper_begin(int warden);

/* Chooses the first user id, before keeper_begin(). */
void keeper_choose(unsigned int first);

/* After the rights of root were given up: we end with the keeper. */
void keeper_tie(void);

/* Is there a keeper? And: it is not needed. */
int keeper_is_there(void);
void keeper_dismiss(void);

/* Sends an order; fds begins with the second descriptor of its kind. Returns
 * the lease, or -1 with errno set. */
int keeper_ask(const struct keeper_order *order, const int *fds, size_t n);

#endif
