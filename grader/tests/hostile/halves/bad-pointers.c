/*
 * bad-pointers.c - gives every watched call addresses that nobody can read
 *
 * play: first 03 server
 * play: first 01 client
 * play: first 05 server
 * play: first 04 client
 */
static void
attack(void)
{
    static void *const bad[] = {NULL, (void *)1, (void *)-1,
        (void *)0x7fffffffffff, (void *)0xffff800000000000,
        (void *)0x800000000000};
    char *edge = mmap(
        NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    memset(edge, 'a', 4096);
    for (size_t i = 0; i <= sizeof bad / sizeof bad[0]; i++) {
        void *at = i == 0 ? edge + 4090 : bad[i - 1];
        long long large = (long long)(intptr_t)at;
        syscall(SYS_openat, AT_FDCWD, at, large, large);
        syscall(SYS_openat, large, at, 0, 0);
        syscall(SYS_unlinkat, AT_FDCWD, at, 0);
        syscall(SYS_linkat, AT_FDCWD, at, AT_FDCWD, at, 0);
        syscall(SYS_renameat2, AT_FDCWD, at, AT_FDCWD, at, 0);
        syscall(SYS_mknodat, AT_FDCWD, at, S_IFIFO, 0);
        syscall(SYS_execve, at, at, at);
        syscall(SYS_semtimedop, 0, at, large, at);
        syscall(SYS_semop, -1, at, 500);
        syscall(SYS_msgsnd, 0, at, large, 0);
        syscall(SYS_msgrcv, 0, at, large, large, IPC_NOWAIT);
        syscall(SYS_msgctl, large, large, at);
        syscall(SYS_semctl, large, 0, large, at);
        syscall(SYS_shmctl, large, large, at);
        syscall(SYS_shmat, large, at, large);
        syscall(SYS_shmdt, at);
        syscall(SYS_bind, 0, at, large);
        syscall(SYS_connect, large, at, 1 << 30);
        syscall(SYS_sendmsg, 1, at, large);
        syscall(SYS_recvmsg, 1, at, large);
        syscall(SYS_sendto, large, at, large, large, at, large);
        syscall(SYS_mmap, at, large, large, large, large, large);
        syscall(SYS_futex, at, 1, 1, at, at, 0);
        syscall(SYS_poll, at, 1 << 20, 0);
        syscall(SYS_ppoll, at, large, at, at, 8);
        syscall(SYS_writev, 1, at, large);
        syscall(SYS_readv, large, at, large);
        syscall(SYS_waitid, large, large, at, 4, at);
        syscall(SYS_sendfile, 1, large, at, large);
        syscall(SYS_splice, large, at, large, at, large, large);
    }
}
