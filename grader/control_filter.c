/*
 * control_filter.c - see control_filter.h
 */
#define _GNU_SOURCE /* the numbers of Linux's own calls */
#include "control_filter.h"

#include <errno.h>
#include <linux/futex.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include "cage.h"
#include "calls.h"

/* Some calls are made for many reasons; arguments tell those that matter. The
 * descriptors from CAGE_DESCRIPTORS on are ours: a half can have none there. */
static int
add_rule(scmp_filter_ctx context, int number)
{
    const uint64_t high = UINT32_MAX & ~(uint64_t)(CAGE_DESCRIPTORS - 1);

    if (number == SYS_mmap) /* of a file */
        return seccomp_rule_add(context, SCMP_ACT_NOTIFY, number, 1,
            SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, 0));
    if (number == SYS_futex) /* that processes share */
        return seccomp_rule_add(context, SCMP_ACT_NOTIFY, number, 1,
            SCMP_A1(SCMP_CMP_MASKED_EQ, FUTEX_PRIVATE_FLAG, 0));
    if (number == SYS_sendmsg) /* but that of handover_give() */
        return seccomp_rule_add(context, SCMP_ACT_NOTIFY, number, 1,
            SCMP_A0(SCMP_CMP_MASKED_EQ, high, 0));
    return seccomp_rule_add(context, SCMP_ACT_NOTIFY, number, 0);
}

/* The new numbers are those of 32-bit programs that know years after 2038. */
static int
add_times(scmp_filter_ctx context)
{
    enum {
        RCVTIMEO_NEW = 66,
        SNDTIMEO_NEW = 67
    };
    static const int options[] = {
        SO_RCVTIMEO, SO_SNDTIMEO, RCVTIMEO_NEW, SNDTIMEO_NEW};
    int result = 0;

    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        if (result == 0)
            result = seccomp_rule_add(context, SCMP_ACT_NOTIFY, SYS_setsockopt,
                2, SCMP_A1(SCMP_CMP_MASKED_EQ, UINT32_MAX, SOL_SOCKET),
                SCMP_A2(SCMP_CMP_MASKED_EQ, UINT32_MAX, (uint64_t)options[i]));
    return result;
}

/* Other architectures are the base filter's business. */
static int
make(struct filter *filter, int is_watched, int has_times)
{
    scmp_filter_ctx context = seccomp_init(SCMP_ACT_ALLOW);
    size_t n;
    const int *numbers = calls_numbers(&n);

    if (context == NULL) {
        errno = ENOMEM;
        return -1;
    }
    int result =
        seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ALLOW);
    seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    for (size_t i = 0; i < n && is_watched && result == 0; i++)
        result = add_rule(context, numbers[i]);
    if (result == 0 && has_times)
        result = add_times(context);
    if (result == 0)
        return filter_make(filter, context);
    seccomp_release(context);
    errno = -result;
    return -1;
}

const struct filter *
control_filter(int is_watched, int has_times)
{
    static struct filter filters[2];
    struct filter *filter = &filters[is_watched != 0];

    if (filter->length == 0 && make(filter, is_watched, has_times) == -1)
        return NULL;
    return filter;
}
