/*
 * errand_sysv.h - what an item asks the warden to do with System V objects
 */
#ifndef ERRAND_SYSV_H
#define ERRAND_SYSV_H

#include "wire.h"

/* Carries out a REQUEST_SYSV: request->condition is an enum sysv_verb,
 * request->half an enum sysv_kind, the payload the key file's name, '\0' and
 * bytes; request->count and request->seed are the verb's numbers.
 * Returns 0, or -1 with errno set; answer takes up to KEPT_BYTES bytes. */
int errand_sysv(const struct request *request, const char *payload,
    struct reply *reply, char *answer);

#endif
