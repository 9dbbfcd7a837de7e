/*
 * rank-of-everybody.c - takes the processor away from everybody
 *
 * play: main 03 server
 * play: first 01 client
 * play: last 03 client
 * play: first 05 server
 */
static void
lower(pid_t pid)
{
    struct sched_param idle = {0};
    cpu_set_t none;

    setpriority(PRIO_PROCESS, (id_t)pid, 19);
    sched_setscheduler(pid, SCHED_IDLE, &idle);
    CPU_ZERO(&none);
    CPU_SET(0, &none);
    sched_setaffinity(pid, sizeof none, &none);
    syscall(SYS_ioprio_set, 1, pid, 3 << 13);
    syscall(SYS_migrate_pages, pid, 8, "\1\0\0\0\0\0\0", "\1\0\0\0\0\0\0");
    syscall(SYS_move_pages, pid, 0, NULL, NULL, NULL, 0);
    syscall(SYS_process_madvise, pid, NULL, 0, 21, 0);
}

static void
attack(void)
{
    struct sched_param first = {99};

    everybody(lower);
    sched_setscheduler(0, SCHED_FIFO, &first);
}
