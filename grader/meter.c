/*
 * meter.c - see meter.h
 */
#include "meter.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    KNOWN = 2 * PROC_LIMIT,
    FIRST_AGAIN = 300 /* where the kernel goes on behind the last number */
};

struct known {
    pid_t pid;
    pid_t parent;
    uint64_t start;
    uint64_t own;    /* ns, without any children */
    uint64_t reaped; /* by it, as the kernel says */
    uint64_t gone;   /* of its children that have gone, as was seen */
    int is_here;     /* at this look */
};

static struct {
    struct known known[KNOWN]; /* a parent stands before its children */
    size_t n;
    uint64_t gone;   /* like known.gone: of our own children */
    uint64_t before; /* what we had reaped at the reset */
    uint64_t told;
    uint32_t made;
    uint32_t last; /* number that the kernel gave to a process */
} meters;

static uint64_t
most(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

static uint64_t
all_of(const struct known *known)
{
    return known->own + most(known->reaped, known->gone);
}

static struct known *
find(pid_t pid)
{
    for (size_t i = 0; i < meters.n; i++)
        if (meters.known[i].pid == pid)
            return &meters.known[i];
    return NULL;
}

static void
update(struct known *known, const struct proc_stat *stat)
{
    known->is_here = 1;
    known->parent = stat->parent;
    known->own = most(known->own, stat->burnt - stat->reaped);
    known->reaped = most(known->reaped, stat->reaped);
}

/* Its parent comes to what it has burnt, or we do. */
static void
let_go(size_t i)
{
    struct known *known = &meters.known[i];
    struct known *parent = find(known->parent);

    if (parent != NULL)
        parent->gone += all_of(known);
    else
        meters.gone += all_of(known);
    meters.n--;
    memmove(known, known + 1, (meters.n - i) * sizeof *known);
}

/* A list may leave out somebody (proc.h). */
static int
is_still_here(struct known *known)
{
    struct proc_stat stat;

    if (proc_stat(known->pid, &stat) == -1 || stat.start != known->start)
        return 0;
    update(known, &stat);
    return 1;
}

static void
take(const struct proc_stat *stat)
{
    struct known *known = find(stat->pid);

    if (stat->state == 'X')
        return;
    if (known != NULL && known->start != stat->start) {
        let_go((size_t)(known - meters.known));
        known = NULL;
    }
    if (known == NULL) {
        if (meters.n == KNOWN)
            return;
        known = &meters.known[meters.n++];
        *known = (struct known){.pid = stat->pid, .start = stat->start};
        meters.made++;
    }
    update(known, stat);
}

uint64_t
meter(const struct proc_stat *stats, size_t n)
{
    uint64_t sum;

    for (size_t i = 0; i < meters.n; i++)
        meters.known[i].is_here = 0;
    for (size_t i = 0; i < n; i++)
        take(&stats[i]);
    /* Children first: what they have burnt goes with their parent. */
    for (size_t i = meters.n; i-- > 0;)
        if (!meters.known[i].is_here && !is_still_here(&meters.known[i]))
            let_go(i);
    sum = most(proc_reaped() - meters.before, meters.gone);
    for (size_t i = 0; i < meters.n; i++)
        sum += all_of(&meters.known[i]);
    meters.told = most(meters.told, sum);
    return meters.told;
}

uint64_t
meter_of(pid_t pid)
{
    const struct known *known = find(pid);

    return known != NULL ? all_of(known) : 0;
}

/* The last number that was given to a process or thread, which proc_loadavg(5)
 * tells of the reader's namespace; 0: it is not ours alone. */
static uint32_t
last_number(void)
{
    char text[128];
    uint32_t last = 0;

    if (getpid() != 1 || proc_read(text, sizeof text, "loadavg") <= 0 ||
        sscanf(text, "%*s %*s %*s %*s %u", &last) != 1)
        return 0;
    return last;
}

void
meter_reset(void)
{
    memset(&meters, 0, sizeof meters);
    meters.before = proc_reaped();
    meters.last = last_number();
}

uint32_t
meter_made(void)
{
    uint32_t last = last_number();

    if (last == 0)
        return meters.made;
    if (last < meters.last)
        meters.last = last < FIRST_AGAIN ? last : FIRST_AGAIN;
    meters.made += last - meters.last;
    meters.last = last;
    return meters.made;
}
