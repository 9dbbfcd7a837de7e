/*
 * system-of-the-machine.c - reboot, time, swap, modules, quotas: what only root may do
 *
 * play: main 03 server
 * play: first 01 client
 */
static void
attack(void)
{
    struct timeval early = {1, 0};

    settimeofday(&early, NULL);
    (void)!sethostname("hostile", 7);
    (void)!setdomainname("hostile", 7);
    syscall(SYS_reboot, 0xfee1dead, 672274793, 0x1234567, NULL);
    syscall(SYS_swapon, "/work", 0);
    syscall(SYS_init_module, "x", 1, "");
    syscall(SYS_kexec_load, 0, 0, NULL, 0);
    syscall(SYS_acct, "acct");
    syscall(SYS_syslog, 5, NULL, 0);
    syscall(SYS_quotactl, 0, NULL, 0, NULL);
    syscall(SYS_bpf, 0, NULL, 0);
    syscall(SYS_perf_event_open, NULL, -1, 0, -1, 0);
    syscall(SYS_personality, 0x0040000 | 0x0400000 | 8);
    put("/proc/sysrq-trigger", "b", 1);
    (void)!mknod("mem", S_IFCHR | 0666, (1 << 8) | 1);
    (void)!mknod("disk", S_IFBLK | 0666, 254 << 8);
    (void)!setuid(1000);
    (void)!setgid(1000);
}
