/*
 * probe.c - see probe.h
 */
#include "probe.h"

#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "lab.h"
#include "sandbox.h"
#include "wire.h"

/* The warden itself: without arguments it ends at once. */
static int
ask(int socket)
{
    static struct reply reply;
    static const char name[] = "warden";
    struct request request = {.kind = REQUEST_START,
        .count = START_LOGGED,
        .size = sizeof name,
        .program = "warden"};

    if (write_all(socket, &request, sizeof request) == -1 ||
        write_all(socket, name, sizeof name) == -1 ||
        read_all(socket, &reply, sizeof reply) != sizeof reply)
        return -1;
    if (reply.is_refused)
        return 0;
    return reply.error == 0 ? 1 : -1;
}

int
probe_calls(int warden)
{
    struct sandbox sandbox;
    char word[32];

    snprintf(word, sizeof word, "probe%jd", (intmax_t)getpid());
    if (sandbox_enter(&sandbox, NULL, 0, warden, word, NULL) == -1)
        return -1;
    int result = ask(sandbox.socket);
    sandbox_leave(&sandbox);
    return result;
}
