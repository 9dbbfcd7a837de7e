/*
 * pair_sysv.c - see pair_sysv.h
 */
#include "pair_sysv.h"

#include <string.h>

#include "pair.h"

static int is_touched; /* at the last census */

/* Returns the size of the answer, or -1. */
static ssize_t
ask(const char *file, struct request request, const void *bytes, size_t size)
{
    request.kind = REQUEST_SYSV;
    const struct reply *reply = pair_ask_file(&request, file, bytes, size);

    return reply->error == 0 ? (ssize_t)reply->size : -1;
}

void
sysv_make(const char *file, enum sysv_kind kind, uint64_t size)
{
    struct request request = {
        .condition = SYSV_MAKE, .half = (int32_t)kind, .count = size};

    if (ask(file, request, NULL, 0) == -1)
        pair_trouble("a System V object could not be made in the sandbox");
}

int
sysv_send(const char *file, long type, const void *bytes, size_t size)
{
    struct request request = {
        .condition = SYSV_SEND, .half = SYSV_QUEUE, .count = (uint64_t)type};

    return ask(file, request, bytes, size) == -1 ? -1 : 0;
}

ssize_t
sysv_receive(const char *file, long type, void *bytes, size_t size)
{
    struct request request = {
        .condition = SYSV_RECEIVE, .half = SYSV_QUEUE, .count = (uint64_t)type};
    ssize_t n = ask(file, request, NULL, 0);

    if (n > 0)
        memcpy(bytes, pair_answer(), (size_t)n < size ? (size_t)n : size);
    return n;
}

int
sysv_limit(const char *file, uint64_t bytes)
{
    struct request request = {
        .condition = SYSV_LIMIT, .half = SYSV_QUEUE, .count = bytes};

    return ask(file, request, NULL, 0) == -1 ? -1 : 0;
}

int
sysv_store(const char *file, uint64_t offset, const void *bytes, size_t size)
{
    struct request request = {
        .condition = SYSV_STORE, .half = SYSV_SEGMENT, .count = offset};

    return ask(file, request, bytes, size) == -1 ? -1 : 0;
}

int
sysv_fetch(const char *file, uint64_t offset, void *bytes, size_t size)
{
    struct request request = {.condition = SYSV_FETCH,
        .half = SYSV_SEGMENT,
        .count = offset,
        .seed = size};

    if (ask(file, request, NULL, 0) != (ssize_t)size)
        return -1;
    memcpy(bytes, pair_answer(), size);
    return 0;
}

int
sysv_add(const char *file, int semaphore, int by)
{
    struct request request = {.condition = SYSV_ADD,
        .half = SYSV_SET,
        .count = (uint64_t)semaphore,
        .seed = (uint64_t)by};

    return ask(file, request, NULL, 0) == -1 ? -1 : 0;
}

int
sysv_remove(const char *file, enum sysv_kind kind)
{
    struct request request = {.condition = SYSV_REMOVE, .half = (int32_t)kind};

    return ask(file, request, NULL, 0) == -1 ? -1 : 0;
}

size_t
pair_sysv(const struct census_sysv **list)
{
    struct request request = {.kind = REQUEST_OBJECTS};
    const struct reply *reply = pair_ask(&request, NULL, 0);

    *list = (const struct census_sysv *)pair_answer();
    is_touched = reply->is_touched;
    return reply->size / sizeof **list;
}

int
sysv_is_touched(void)
{
    return is_touched;
}

const struct census_sysv *
sysv_only(enum sysv_kind kind)
{
    const struct census_sysv *list;
    const struct census_sysv *found = NULL;
    size_t n = pair_sysv(&list);

    for (size_t i = 0; i < n; i++) {
        if (list[i].kind != kind)
            continue;
        if (found != NULL)
            return NULL;
        found = &list[i];
    }
    return found;
}

const struct census_sysv *
sysv_certain(enum sysv_kind kind)
{
    const struct census_sysv *found = sysv_only(kind);

    if (found == NULL)
        pair_trouble("a System V object has disappeared from the sandbox");
    return found;
}
