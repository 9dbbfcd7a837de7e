/*
 * story_sysv.c - who waits for which System V object (see story.h)
 */
#include <stdio.h>
#include <string.h>
#include <sys/sem.h>
#include <sys/syscall.h>

#include "census_sysv.h"
#include "proc.h"
#include "story.h"

enum {
    OPERATIONS = 8
};

/* Of these operations, all or none happen: the one that holds them up. */
static const struct sembuf *
blocking(
    const struct census_sysv *set, const struct sembuf *operations, uint64_t n)
{
    for (uint64_t i = 0; i < n; i++) {
        uint32_t number = operations[i].sem_num;
        int by = operations[i].sem_op;
        if (number >= set->count || number >= CENSUS_SEMAPHORES)
            continue;
        int value = set->semaphore[number].value;
        if (by < 0 ? value + by < 0 : by == 0 && value != 0)
            return &operations[i];
    }
    return NULL;
}

static void
tell_last(struct story *story, pid_t last)
{
    const struct part *part = story_part(story, last);
    struct proc_stat status;

    if (last == 0)
        return;
    if (part != NULL)
        story_say(story, ", changed last by %s", part->name);
    else if (proc_stat(last, &status) == -1 || status.state == 'Z')
        story_say(story, ", changed last by a process that has ended");
}

static void
tell_semaphores(struct story *story, const struct hang_thread *thread)
{
    struct sembuf operations[OPERATIONS];
    struct census_sysv set;
    uint64_t n = thread->call.argument[2];

    story_say(story, "%s waits in semop()", story_name(story, thread->pid));
    if (n > OPERATIONS)
        n = OPERATIONS;
    if (census_sysv_find(SYSV_SET, (int32_t)thread->call.argument[0], &set) ==
            -1 ||
        proc_memory(thread->pid, thread->call.argument[1], operations,
            (size_t)n * sizeof operations[0]) <= 0)
        return;
    const struct sembuf *why = blocking(&set, operations, n);
    if (why == NULL)
        return;
    int value = set.semaphore[why->sem_num].value;
    if (why->sem_op == 0)
        story_say(story, " until semaphore %d, which is %d, becomes 0",
            why->sem_num, value);
    else
        story_say(story, " to take %d from semaphore %d, which is %d",
            -why->sem_op, why->sem_num, value);
    tell_last(story, set.semaphore[why->sem_num].last);
}

static void
tell_receiver(struct story *story, const struct hang_thread *thread)
{
    long type = (long)thread->call.argument[3];
    struct census_sysv queue;

    story_say(story, "%s waits in msgrcv() for a message of ",
        story_name(story, thread->pid));
    if (type == 0)
        story_say(story, "any type");
    else if (type > 0)
        story_say(story, "type %ld", type);
    else
        story_say(story, "a type up to %ld", -type);
    if (census_sysv_find(
            SYSV_QUEUE, (int32_t)thread->call.argument[0], &queue) == -1)
        return;
    if (queue.count == 0)
        story_say(story, "; the queue is empty");
    else
        story_say(story, "; the queue holds %u of other types", queue.count);
}

static void
tell_sender(struct story *story, const struct hang_thread *thread)
{
    struct census_sysv queue;

    story_say(story, "%s waits in msgsnd() for room in the queue",
        story_name(story, thread->pid));
    if (census_sysv_find(
            SYSV_QUEUE, (int32_t)thread->call.argument[0], &queue) == -1)
        return;
    story_say(story, ", which holds %u messages, %llu of %llu bytes",
        queue.count, (unsigned long long)queue.bytes,
        (unsigned long long)queue.limit);
}

void
story_sysv(struct story *story, const struct hang_thread *thread)
{
    switch (thread->call.number) {
    case SYS_msgrcv:
        tell_receiver(story, thread);
        break;
    case SYS_msgsnd:
        tell_sender(story, thread);
        break;
    case SYS_semop:
    case SYS_semtimedop:
        tell_semaphores(story, thread);
        break;
    default:
        story_say(story, "%s waits for a message queue of POSIX",
            story_name(story, thread->pid));
    }
}
