/*
 * seccomp-of-its-own.c - sits behind a filter of its own that ends or refuses calls
 *
 * play: first 03 server
 * play: first 01 client
 * play: main 03 client
 * play: first 05 client
 */
#include <linux/filter.h>
#include <linux/seccomp.h>

static void
attack(void)
{
    static const unsigned int answers[] = {SECCOMP_RET_KILL_PROCESS,
        SECCOMP_RET_KILL_THREAD, SECCOMP_RET_TRAP, SECCOMP_RET_ERRNO | 4095,
        SECCOMP_RET_TRACE, SECCOMP_RET_USER_NOTIF};
    struct sock_filter rules[] = {{BPF_LD | BPF_W | BPF_ABS, 0, 0, 0},
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, SYS_close},
        {BPF_RET | BPF_K, 0, 0, answers[getpid() % 6]},
        {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW}};
    struct sock_fprog program = {4, rules};

    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (syscall(SYS_seccomp, 1, 8, &program) == -1)
        syscall(SYS_seccomp, 1, 0, &program);
    close(63);
}
