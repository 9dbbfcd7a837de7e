/*
 * D08-other-doors.c - calls by int 0x80 and x32, io_uring, userfaultfd, keys
 *
 * play: main 03 client
 * play: first 01 client
 * play: first 05 server
 */
static long
by_interrupt(long number, long a, long b, long c)
{
    long result = -1;

#ifdef __x86_64__
    __asm__ volatile("int $0x80"
                     : "=a"(result)
                     : "a"(number), "b"(a), "c"(b), "d"(c)
                     : "memory", "r8", "r9", "r10", "r11");
#else
    (void)number, (void)a, (void)b, (void)c;
#endif
    return result;
}

static void
attack(void)
{
    char parameters[256] = {0};

    for (int i = 0; i < 6; i++) {
        pid_t pid = fork();
        if (pid > 0)
            waitpid(pid, NULL, 0);
        if (pid != 0)
            continue;
        if (i == 0)
            by_interrupt(4, 1, (long)(intptr_t) "ready\n", 6);
        if (i == 1)
            syscall(0x40000000 | SYS_write, 1, "ready\n", 6);
        if (i == 2)
            syscall(425, 8, parameters);
        if (i == 3)
            syscall(323, O_CLOEXEC);
        if (i == 4)
            syscall(248, "user", "hostile", "here", 4, -3);
        if (i == 5)
            by_interrupt(37, -1, SIGKILL, 0);
        _exit(0);
    }
}
