/*
 * bounds.c - see bounds.h
 */
#define _GNU_SOURCE /* SHM_INFO, MSG_INFO, SEM_INFO: sums of a namespace */
#include "bounds.h"

#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "census.h"
#include "census_sysv.h"
#include "fence.h"
#include "halves.h"
#include "kin.h"
#include "lab.h"
#include "meter.h"
#include "proc.h"

enum {
    PAUSE_IF_MUCH = 3, /* ms */
    UNSEEN_NS = PAUSE_IF_MUCH * 1000000,
    MANY = 8,    /* such a part of the processes is more than anybody makes */
    SUSPECT = 4, /* and such a part of them is made to burn unseen */
    A_FILE = 1 << 10,   /* bytes that the kernel needs for one */
    A_MESSAGE = 1 << 6, /* the same, besides its text */
    A_QUEUE = 1 << 9,
    A_SEMAPHORE = 1 << 7,
    A_SOCKET = 416 << 10, /* what it may hold in both directions */
    SOCKETS = 128         /* so many are nothing to speak of */
};

/* The sanitizer builds of twelve halves need a third of it. */
static const uint64_t memory_limit = (uint64_t)BOUNDS_MEGABYTES << 20;
static const uint64_t much = (uint64_t)BOUNDS_MEGABYTES << 18;
static const uint64_t little = (uint64_t)BOUNDS_MEGABYTES << 16;
static const uint64_t time_limit = (uint64_t)BOUNDS_SECONDS * 1000000000;

static struct {
    int is_unwalled;
    int64_t next;       /* when to look again, in ms */
    uint32_t processes; /* that may be made */
    uint32_t at_once;   /* the same, that there may be */
    uint64_t burnt;     /* at the last look */
    uint32_t made;
    enum excess excess;
} bounds;

/* A row "Key:   123 kB" of a file of /proc, in bytes. */
static uint64_t
kilobytes(const char *text, const char *key)
{
    unsigned long long value = 0;
    const char *row = strstr(text, key);

    if (row != NULL)
        sscanf(row + strlen(key), " %llu", &value);
    return (uint64_t)value << 10;
}

/* is_exact: what is shared since a fork counts once; that takes longer. */
static uint64_t
of_process(pid_t pid, int is_exact)
{
    char text[4096];
    uint64_t sum = 0;

    if (proc_read(text, sizeof text, "%d/status", (int)pid) <= 0)
        return 0;
    sum = kilobytes(text, "\nVmPTE:");
    if (is_exact &&
        proc_read(text, sizeof text, "%d/smaps_rollup", (int)pid) > 0)
        return sum + kilobytes(text, "\nPss_Anon:") +
               kilobytes(text, "\nPss_Shmem:");
    return sum + kilobytes(text, "\nRssAnon:") + kilobytes(text, "\nRssShmem:");
}

/* Their number is bounded only by sums that are far too large. */
static struct census_sysv_sum
of_objects(void)
{
    struct shm_info segments = {.used_ids = 0};
    struct msginfo queues = {.msgpool = 0};
    struct seminfo sets = {.semusz = 0};
    union {
        int value;
        struct seminfo *info;
    } argument = {.info = &sets};
    struct census_sysv_sum sum;

    (void)shmctl(0, SHM_INFO, (struct shmid_ds *)(void *)&segments);
    (void)msgctl(0, MSG_INFO, (struct msqid_ds *)(void *)&queues);
    (void)semctl(0, 0, SEM_INFO, argument);
    /* Of a segment outside the item nobody knows who has touched its pages. */
    uint64_t pages = fence() == FENCE_USERS
                         ? segments.shm_tot
                         : segments.shm_rss + segments.shm_swp;
    sum.objects = (uint32_t)(segments.used_ids + queues.msgpool + sets.semusz);
    sum.bytes = sum.objects * A_QUEUE +
                pages * (uint64_t)sysconf(_SC_PAGESIZE) +
                (uint64_t)queues.msgtql + (uint64_t)queues.msgmap * A_MESSAGE +
                (uint64_t)sets.semaem * A_SEMAPHORE;
    return sum;
}

/* The size of a file system in memory is bounded, but not the number of files,
 * which may be empty. */
static uint64_t
of_file_system(const char *folder)
{
    struct statvfs all;

    if (statvfs(folder, &all) == -1)
        return 0;
    return (uint64_t)(all.f_blocks - all.f_bfree) * all.f_frsize +
           (uint64_t)(all.f_files - all.f_ffree) * A_FILE;
}

static uint64_t
of_files(void)
{
    return of_file_system(".") + of_file_system("/tmp") +
           of_file_system("/dev/shm");
}

/* What no process has, where other users have some, too. Theirs is not counted:
 * but to go through all that there is takes long, and what everybody has
 * together, which the kernel knows, is mostly so little that it may be. */
static struct census_sysv_sum
of_user(int is_exact)
{
    struct census_sysv_sum sum = of_objects();

    sum.bytes += of_file_system("/dev/shm");
    if (is_exact || sum.bytes > little || sum.objects > BOUNDS_OBJECTS) {
        sum = census_sysv_sum();
        sum.bytes += census_weight();
    }
    return sum;
}

static uint64_t
of_sockets(void)
{
    char text[1024];
    unsigned int n = 0;

    if (proc_read(text, sizeof text, "net/sockstat") <= 0 ||
        sscanf(text, "sockets: used %u", &n) != 1 || n < SOCKETS)
        return 0;
    return (uint64_t)(n - SOCKETS) * A_SOCKET;
}

static struct census_sysv_sum
add_up(const struct proc_stat *stats, size_t n, int is_exact)
{
    struct census_sysv_sum sum = {0, 0};

    if (fence() == FENCE_USERS)
        sum = of_user(is_exact);
    else if (!bounds.is_unwalled) {
        sum = of_objects();
        sum.bytes += of_files() + of_sockets();
    }
    for (size_t i = 0; i < n; i++)
        sum.bytes += of_process(stats[i].pid, is_exact);
    return sum;
}

void
bounds_begin(int is_unwalled, int has_wine)
{
    bounds.is_unwalled = is_unwalled;
    bounds.processes = has_wine ? BOUNDS_PROCESSES_IN_WINE : BOUNDS_PROCESSES;
    bounds.at_once = has_wine ? BOUNDS_AT_ONCE_IN_WINE : BOUNDS_AT_ONCE;
    meter_reset();
}

void
bounds_begin_again(void)
{
    meter_reset();
    bounds.burnt = 0;
    bounds.made = 0;
    bounds.excess = EXCESS_NONE;
}

enum excess
bounds_excess(void)
{
    return bounds.excess;
}

uint64_t
bounds_burnt(void)
{
    uint32_t known = bounds.processes / SUSPECT;
    uint64_t more = bounds.made > known ? bounds.made - known : 0;

    return bounds.burnt + more * UNSEEN_NS;
}

/* Processes and threads; what has begun to end, or has ended, is none. */
static uint32_t
count(const struct proc_stat *stats, size_t n)
{
    uint32_t sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += stats[i].is_ending ? 0 : (uint32_t)stats[i].threads;
    return sum;
}

static enum excess
find_excess(
    const struct proc_stat *stats, size_t n, const struct census_sysv_sum *sum)
{
    if (sum->bytes > memory_limit && add_up(stats, n, 1).bytes > memory_limit)
        return EXCESS_MEMORY;
    if (bounds.excess != EXCESS_NONE)
        return bounds.excess;
    if (bounds.burnt > time_limit)
        return EXCESS_TIME;
    if (sum->objects > BOUNDS_OBJECTS)
        return EXCESS_OBJECTS;
    if (count(stats, n) > bounds.at_once)
        return EXCESS_AT_ONCE;
    return bounds.made > bounds.processes ? EXCESS_PROCESSES : EXCESS_NONE;
}

void
bounds_look(void)
{
    static struct proc_stat stats[PROC_LIMIT];

    if (clock_ms() < bounds.next)
        return;
    size_t n = proc_descendants(stats, PROC_LIMIT);
    bounds.burnt = meter(stats, n);
    bounds.made = meter_made();
    struct census_sysv_sum sum = add_up(stats, n, 0);
    bounds.excess = find_excess(stats, n, &sum);
    if (bounds.excess != EXCESS_NONE)
        kin_end_all();
    int is_much = sum.bytes > much || bounds.made > bounds.processes / MANY;
    bounds.next = clock_ms() + (is_much ? PAUSE_IF_MUCH : BOUNDS_PAUSE);
}
