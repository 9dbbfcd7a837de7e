/*
 * errand.h - what the warden does for an item beside running the halves
 *
 * It makes and looks at files of the work folder, posts a semaphore, looks for
 * a text in a heap. A half may have put anything there: names are not
 * followed anywhere, and nothing but a regular file is opened.
 */
#ifndef ERRAND_H
#define ERRAND_H

#include "wire.h"

/* Carries out one of the requests from REQUEST_MAKE on (wire.h). payload ends
 * with '\0'; answer has room for PAYLOAD_LIMIT bytes.
 * Returns 0, or -1 with errno set. */
int errand(const struct request *request, const char *payload,
    struct reply *reply, char *answer);

#endif
