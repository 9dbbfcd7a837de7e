/*
 * errand_sysv.c - see errand_sysv.h
 */
#include "errand_sysv.h"

#include <errno.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

#include "census_sysv.h"

enum {
    LETTER = 'L', /* of all keys: see the lab's protocol.h */
    MESSAGE = 8192
};

/* Opens an object, or with flags makes it, size bytes or semaphores large. */
static int
open_object(uint32_t kind, key_t key, uint64_t size, int flags)
{
    switch (kind) {
    case SYSV_QUEUE:
        return msgget(key, flags);
    case SYSV_SEGMENT:
        return shmget(key, size, flags);
    default:
        return semget(key, (int)size, flags);
    }
}

static int
send_message(int queue, long type, const char *bytes, size_t size)
{
    struct {
        long type;
        char bytes[MESSAGE];
    } message = {.type = type};

    if (size > sizeof message.bytes) {
        errno = EINVAL;
        return -1;
    }
    if (size > 0)
        memcpy(message.bytes, bytes, size);
    return msgsnd(queue, &message, size, IPC_NOWAIT);
}

static int
receive_message(int queue, long type, struct reply *reply, char *answer)
{
    struct {
        long type;
        char bytes[MESSAGE];
    } message;
    ssize_t n = msgrcv(queue, &message, MESSAGE, type, IPC_NOWAIT);

    if (n == -1)
        return -1;
    memcpy(answer, message.bytes, (size_t)n);
    reply->size = (uint32_t)n;
    return 0;
}

static int
limit_queue(int queue, uint64_t bytes)
{
    struct msqid_ds status;

    if (msgctl(queue, IPC_STAT, &status) == -1)
        return -1;
    status.msg_qbytes = (msglen_t)bytes;
    return msgctl(queue, IPC_SET, &status);
}

/* Stores bytes in a segment, or with bytes NULL copies size of them out. */
static int
touch_segment(
    int segment, uint64_t offset, const char *bytes, size_t size, char *answer)
{
    struct shmid_ds status;
    char *memory;

    if (shmctl(segment, IPC_STAT, &status) == -1)
        return -1;
    if (offset > status.shm_segsz || size > status.shm_segsz - offset) {
        errno = ERANGE;
        return -1;
    }
    memory = shmat(segment, NULL, bytes == NULL ? SHM_RDONLY : 0);
    if (memory == (void *)-1)
        return -1;
    if (bytes != NULL)
        memcpy(memory + offset, bytes, size);
    else
        memcpy(answer, memory + offset, size);
    return shmdt(memory);
}

static int
change_semaphore(int set, uint64_t number, int by)
{
    struct sembuf change = {.sem_num = (unsigned short)number,
        .sem_op = (short)by,
        .sem_flg = IPC_NOWAIT};

    return semop(set, &change, 1);
}

int
errand_sysv(const struct request *request, const char *payload,
    struct reply *reply, char *answer)
{
    const uint32_t kind = (uint32_t)request->half;
    const char *bytes = payload + strlen(payload) + 1;
    size_t size = request->size > strlen(payload) + 1
                      ? request->size - strlen(payload) - 1
                      : 0;
    key_t key = ftok(payload, LETTER);
    int id;

    if (key == -1)
        return -1;
    if (request->condition == SYSV_MAKE)
        return open_object(
                   kind, key, request->count, IPC_CREAT | IPC_EXCL | 0600) == -1
                   ? -1
                   : 0;
    id = open_object(kind, key, 0, 0);
    if (id == -1)
        return -1;
    switch ((enum sysv_verb)request->condition) {
    case SYSV_SEND:
        return send_message(id, (long)request->count, bytes, size);
    case SYSV_RECEIVE:
        return receive_message(id, (long)request->count, reply, answer);
    case SYSV_LIMIT:
        return limit_queue(id, request->count);
    case SYSV_STORE:
        return touch_segment(id, request->count, bytes, size, answer);
    case SYSV_FETCH:
        if (request->seed > KEPT_BYTES)
            break;
        reply->size = (uint32_t)request->seed;
        return touch_segment(
            id, request->count, NULL, (size_t)request->seed, answer);
    case SYSV_ADD:
        return change_semaphore(id, request->count, (int)request->seed);
    case SYSV_REMOVE:
        return census_sysv_remove((enum sysv_kind)kind, id);
    case SYSV_MAKE:
        break;
    }
    errno = EINVAL;
    return -1;
}
