/*
 * mounts.c - mounts, unmounts, changes its root
 *
 * play: main 03 server
 * play: first 01 client
 * play: first 05 client
 */
static void
attack(void)
{
    mount("none", "/tmp", "tmpfs", 0, "size=4g");
    mount("none", "/work", "tmpfs", 0, NULL);
    mount("/", "/", NULL, MS_REMOUNT | MS_BIND, NULL);
    mount("proc", "/tmp", "proc", 0, NULL);
    umount2("/proc", MNT_DETACH);
    umount2("/dev/shm", MNT_DETACH);
    umount2("/work", MNT_DETACH);
    mkdir("root", 0700);
    (void)!chroot("root");
    syscall(SYS_pivot_root, ".", ".");
    syscall(428, AT_FDCWD, "/", 1);
    syscall(430, "tmpfs", 0);
    syscall(429, -1, "", -1, "", 0);
}
