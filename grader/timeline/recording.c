/*
 * recording.c - see recording.h
 */
#include "recording.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "lab.h"
#include "wire.h"

int
recording_is_possible(void)
{
    return access("/usr/bin/strace", X_OK) == 0;
}

static int
ask(int socket, uint64_t count)
{
    struct request request = {.kind = REQUEST_TRACE, .count = count};

    return write_all(socket, &request, sizeof request);
}

/* Takes an answer. Returns its payload, which the caller frees, or NULL. */
static char *
answer(int socket, struct reply *reply)
{
    if (read_all(socket, reply, sizeof *reply) != sizeof *reply ||
        reply->size > PAYLOAD_LIMIT)
        return NULL;
    char *payload = malloc((size_t)reply->size + 1);
    if (payload == NULL ||
        read_all(socket, payload, reply->size) != (ssize_t)reply->size) {
        free(payload);
        return NULL;
    }
    return payload;
}

int
recording_begin(int socket)
{
    struct reply reply;

    if (ask(socket, 1) == -1)
        return -1;
    char *payload = answer(socket, &reply);
    if (payload == NULL)
        return -1;
    free(payload);
    return reply.error == 0 ? 0 : -1;
}

/* An item that was ended may have left an answer that it waited for. */
static int
take(int socket, struct timeline *timeline, int has_wine, int is_stuck)
{
    static struct reply reply;

    for (int i = 0; i < 2; i++) {
        char *payload = answer(socket, &reply);
        if (payload == NULL)
            return -1;
        int is_ours = memcmp(reply.who, WIRE_TRACE, sizeof WIRE_TRACE) == 0;
        if (is_ours && has_wine)
            timeline_make_relay(timeline, payload, reply.size, is_stuck);
        else if (is_ours)
            timeline_make(timeline, payload, reply.size, is_stuck);
        free(payload);
        if (is_ours)
            return 0;
    }
    return -1;
}

int
recording_take(
    int socket, struct timeline *timeline, int has_wine, int is_stuck)
{
    static const struct timeval limit = {3, 0};
    static const struct timeval none;
    int result = -1;

    if (setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) ==
            0 &&
        ask(socket, 0) == 0)
        result = take(socket, timeline, has_wine, is_stuck);
    /* The next item in the sandbox may have to wait for longer. */
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &none, sizeof none);
    return result;
}
