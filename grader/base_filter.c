/*
 * base_filter.c - see base_filter.h
 */
#define _GNU_SOURCE /* CLONE_NEW...; F_SETPIPE_SZ */
#include "base_filter.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/ioprio.h>
#include <linux/netlink.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "filter.h"

enum {
    PIPE_BYTES = 1 << 16,    /* what a pipe holds anyway */
    SEGMENT_BYTES = 1 << 20, /* of System V shared memory, at most */
    SEMAPHORES = 250,        /* of one set; once the kernel's own limit */
    WHEN = 2                 /* conditions of a row, all of which must hold */
};

/* A call that fails, always or if an argument says so. A call whose argument
 * names a process may name the caller by 0 only: the filter cannot know who
 * else the number is. The kernel looks at 32 bits of most arguments, the filter
 * at 64, so conditions forbid all but the good value where they can. */
static const struct row {
    const char *call;
    struct scmp_arg_cmp when[WHEN]; /* an op of 0: no condition */
    int error;                      /* 0: EPERM */
} rows[] = {
    /* Other processes: the warden has the same user, and so has the other half.
     * Who could set their limits or priorities could make the warden fail. */
    {.call = "prlimit64", .when = {{0, SCMP_CMP_NE, 0, 0}}},
    {.call = "setpriority", .when = {{0, SCMP_CMP_NE, PRIO_PROCESS, 0}}},
    {.call = "setpriority", .when = {{1, SCMP_CMP_NE, 0, 0}}},
    {.call = "ioprio_set", .when = {{0, SCMP_CMP_NE, IOPRIO_WHO_PROCESS, 0}}},
    {.call = "ioprio_set", .when = {{1, SCMP_CMP_NE, 0, 0}}},
    {.call = "sched_setparam", .when = {{0, SCMP_CMP_NE, 0, 0}}},
    {.call = "sched_setscheduler", .when = {{0, SCMP_CMP_NE, 0, 0}}},
    {.call = "sched_setattr", .when = {{0, SCMP_CMP_NE, 0, 0}}},
    {.call = "sched_setaffinity", .when = {{0, SCMP_CMP_NE, 0, 0}}},
    {.call = "move_pages", .when = {{0, SCMP_CMP_NE, 0, 0}}},
    {.call = "migrate_pages", .when = {{0, SCMP_CMP_NE, 0, 0}}},
    {.call = "ptrace"},
    {.call = "process_vm_readv"},
    {.call = "process_vm_writev"},
    {.call = "process_madvise"},
    {.call = "process_mrelease"},
    {.call = "pidfd_getfd"},
    {.call = "kcmp"},
    /* Being watched: a filter of its own would decide before the warden's. The
     * warden reads /proc of whom it watches, as its user. */
    {.call = "seccomp"},
    {.call = "prctl",
        .when = {{0, SCMP_CMP_MASKED_EQ, UINT32_MAX, PR_SET_SECCOMP}}},
    {.call = "prctl",
        .when = {{0, SCMP_CMP_MASKED_EQ, UINT32_MAX, PR_SET_DUMPABLE}}},
    /* Ways to make calls that no filter sees, or that run in the kernel. */
    {.call = "io_uring_setup"},
    {.call = "io_uring_enter"},
    {.call = "io_uring_register"},
    {.call = "bpf"},
    {.call = "perf_event_open"},
    {.call = "userfaultfd"}, /* holds a fault of somebody else's read */
    {.call = "lookup_dcookie"},
    {.call = "fanotify_init"},
    /* Keys outlive the process, and its sandbox's next item would find them. */
    {.call = "keyctl"},
    {.call = "add_key"},
    {.call = "request_key"},
    /* The file system of the sandbox, and ways around its paths. */
    {.call = "mount"},
    {.call = "umount"},
    {.call = "umount2"},
    {.call = "pivot_root"},
    {.call = "chroot"},
    {.call = "open_tree"},
    {.call = "open_tree_attr"},
    {.call = "move_mount"},
    {.call = "fsopen"},
    {.call = "fsconfig"},
    {.call = "fsmount"},
    {.call = "fspick"},
    {.call = "mount_setattr"},
    {.call = "open_by_handle_at"},
    {.call = "name_to_handle_at"},
    {.call = "quotactl"},
    {.call = "quotactl_fd"},
    /* A lease makes everybody else's open() wait, the warden's, too. */
    {.call = "fcntl",
        .when = {{1, SCMP_CMP_MASKED_EQ, UINT32_MAX, F_SETLEASE}}},
    /* Namespaces: in one of its own a half would have every right again. The
     * flags of clone3() are behind a pointer; the C library falls back. */
    {.call = "unshare"},
    {.call = "setns"},
    {.call = "clone",
        .when = {{0, SCMP_CMP_MASKED_EQ, CLONE_NEWNS, CLONE_NEWNS}}},
    {.call = "clone",
        .when = {{0, SCMP_CMP_MASKED_EQ, CLONE_NEWCGROUP, CLONE_NEWCGROUP}}},
    {.call = "clone",
        .when = {{0, SCMP_CMP_MASKED_EQ, CLONE_NEWUTS, CLONE_NEWUTS}}},
    {.call = "clone",
        .when = {{0, SCMP_CMP_MASKED_EQ, CLONE_NEWIPC, CLONE_NEWIPC}}},
    {.call = "clone",
        .when = {{0, SCMP_CMP_MASKED_EQ, CLONE_NEWUSER, CLONE_NEWUSER}}},
    {.call = "clone",
        .when = {{0, SCMP_CMP_MASKED_EQ, CLONE_NEWPID, CLONE_NEWPID}}},
    {.call = "clone",
        .when = {{0, SCMP_CMP_MASKED_EQ, CLONE_NEWNET, CLONE_NEWNET}}},
    {.call = "clone3", .error = ENOSYS},
    /* The machine. Most of it needs rights that a half lacks anyway. */
    {.call = "kexec_load"},
    {.call = "kexec_file_load"},
    {.call = "init_module"},
    {.call = "finit_module"},
    {.call = "delete_module"},
    {.call = "reboot"},
    {.call = "swapon"},
    {.call = "swapoff"},
    {.call = "acct"},
    {.call = "syslog"},
    {.call = "vhangup"},
    {.call = "iopl"},
    {.call = "ioperm"},
    {.call = "settimeofday"},
    {.call = "clock_settime"},
    {.call = "clock_adjtime"},
    {.call = "adjtimex"},
    {.call = "sethostname"},
    {.call = "setdomainname"},
    /* Terminals: no line typed for others, no driver behind one's own. */
    {.call = "ioctl", .when = {{1, SCMP_CMP_MASKED_EQ, UINT32_MAX, TIOCSTI}}},
    {.call = "ioctl", .when = {{1, SCMP_CMP_MASKED_EQ, UINT32_MAX, TIOCSETD}}},
    /* Sockets: AF_UNIX, AF_INET, AF_INET6, and of AF_NETLINK what tells of
     * network interfaces. */
    {.call = "socket", .when = {{0, SCMP_CMP_GT, AF_NETLINK, 0}}},
    {.call = "socket", .when = {{0, SCMP_CMP_EQ, AF_AX25, 0}}},
    {.call = "socket", .when = {{0, SCMP_CMP_EQ, AF_IPX, 0}}},
    {.call = "socket", .when = {{0, SCMP_CMP_EQ, AF_APPLETALK, 0}}},
    {.call = "socket", .when = {{0, SCMP_CMP_EQ, AF_NETROM, 0}}},
    {.call = "socket", .when = {{0, SCMP_CMP_EQ, AF_BRIDGE, 0}}},
    {.call = "socket", .when = {{0, SCMP_CMP_EQ, AF_ATMPVC, 0}}},
    {.call = "socket", .when = {{0, SCMP_CMP_EQ, AF_X25, 0}}},
    {.call = "socket", .when = {{0, SCMP_CMP_EQ, AF_ROSE, 0}}},
    {.call = "socket", .when = {{0, SCMP_CMP_EQ, AF_DECnet, 0}}},
    {.call = "socket", .when = {{0, SCMP_CMP_EQ, AF_NETBEUI, 0}}},
    {.call = "socket", .when = {{0, SCMP_CMP_EQ, AF_SECURITY, 0}}},
    {.call = "socket", .when = {{0, SCMP_CMP_EQ, AF_KEY, 0}}},
    {.call = "socket",
        .when = {{0, SCMP_CMP_EQ, AF_NETLINK, 0},
            {2, SCMP_CMP_NE, NETLINK_ROUTE, 0}}},
    {.call = "socketpair", .when = {{0, SCMP_CMP_NE, AF_UNIX, 0}}},
    /* Memory that no limit of a process counts, nor any list of processes. */
    {.call = "memfd_create"},
    {.call = "memfd_secret"},
    {.call = "semget",
        .when = {{1, SCMP_CMP_GT, SEMAPHORES, 0}},
        .error = EINVAL}, /* as over SEMMSL, see semget(2) */
    {.call = "shmget",
        .when = {{1, SCMP_CMP_GT, SEGMENT_BYTES, 0}},
        .error = EINVAL}, /* as over SHMMAX, see shmget(2) */
    {.call = "fcntl",
        .when = {{1, SCMP_CMP_MASKED_EQ, UINT32_MAX, F_SETPIPE_SZ},
            {2, SCMP_CMP_GT, PIPE_BYTES, 0}}},
};

static struct filter filter;

/* Of calls that this machine or its libseccomp does not know there is nothing
 * to forbid. */
static int
add_row(scmp_filter_ctx context, const struct row *row)
{
    int number = seccomp_syscall_resolve_name(row->call);
    unsigned int n = 0;

    if (number == __NR_SCMP_ERROR)
        return 0;
    while (n < WHEN && row->when[n].op != 0)
        n++;
    return seccomp_rule_add_array(context,
        SCMP_ACT_ERRNO(row->error != 0 ? (uint32_t)row->error : EPERM), number,
        n, row->when);
}

int
base_filter_make(void)
{
    if (!filter_is_possible())
        return -1;
    scmp_filter_ctx context = seccomp_init(SCMP_ACT_ALLOW);
    if (context == NULL) {
        errno = ENOMEM;
        return -1;
    }
    /* Numbers mean other calls there: "int $0x80" on a 64-bit machine. */
    int result = seccomp_attr_set(
        context, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    for (size_t i = 0; result == 0 && i < sizeof rows / sizeof rows[0]; i++)
        result = add_row(context, &rows[i]);
    if (result == 0)
        return filter_make(&filter, context);
    seccomp_release(context);
    errno = -result;
    return -1;
}

int
base_filter_enter(void)
{
    return filter.length == 0 ? 0 : filter_install(&filter, 0);
}
