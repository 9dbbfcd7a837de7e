#define _GNU_SOURCE /* syscall(2): seccomp(2) and memfd_create(2) */
/*
 * filter.c - see filter.h
 */
#include "filter.h"

#include <errno.h>
#include <linux/memfd.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lab.h"

int
filter_is_possible(void)
{
    const unsigned int action = SECCOMP_RET_KILL_PROCESS;

    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

int
filter_make(struct filter *filter, scmp_filter_ctx context)
{
    int file = (int)syscall(SYS_memfd_create, "filter", MFD_CLOEXEC);
    int result = file == -1 ? -errno : seccomp_export_bpf(context, file);
    ssize_t size = result == 0 && lseek(file, 0, SEEK_SET) == 0
                       ? read_all(file, filter->code, sizeof filter->code)
                       : -1;

    filter->length =
        (unsigned short)(size > 0 ? (size_t)size / sizeof filter->code[0] : 0);
    seccomp_release(context);
    if (file != -1)
        close(file);
    errno = result != 0 ? -result : EINVAL;
    return filter->length > 0 ? 0 : -1;
}

int
filter_install(const struct filter *filter, unsigned int flags)
{
    struct sock_fprog program = {
        filter->length, (struct sock_filter *)filter->code};

    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
}
