/*
 * await.h - waits for what an item waits for, or until it can no longer come
 */
#ifndef AWAIT_H
#define AWAIT_H

#include "wire.h"

/* Waits for the request's condition of its half. Fills in the reply's outcome,
 * and if that is no good, who is to blame and why. While it waits, halves are
 * fed and drained, and whoever is held goes on when nobody else can. Ends early
 * if the item hangs up. own: see warden.c. */
void await(const struct request *request, struct reply *reply, int socket,
    const char *own);

#endif
