/*
 * filter.h - a seccomp filter (seccomp(2)) as libseccomp makes it, to be
 * installed by a process that has no libseccomp
 */
#ifndef FILTER_H
#define FILTER_H

#include <linux/filter.h>
#include <seccomp.h>

enum {
    FILTER_LIMIT = 2048 /* instructions */
};

struct filter {
    unsigned short length; /* instructions; 0: not made yet */
    struct sock_filter code[FILTER_LIMIT];
};

/* Has the kernel filters of all kinds that we use? If not, errno is set. */
int filter_is_possible(void);

/* Turns what was put together with libseccomp into instructions, and releases
 * it (seccomp_release(3)). Returns 0, or -1 with errno set. */
int filter_make(struct filter *filter, scmp_filter_ctx context);

/* Installs it in the calling process, for good; flags are those of seccomp(2).
 * Returns what seccomp(2) does. */
int filter_install(const struct filter *filter, unsigned int flags);

#endif
