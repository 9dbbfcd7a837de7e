/*
 * own-namespaces.c - makes namespaces of its own, and goes into those of others
 *
 * play: main 03 server
 * play: first 01 client
 * play: first 05 server
 * play: main 02 client
 */
static void
enter(pid_t pid)
{
    static const char *const kinds[] = {
        "user", "mnt", "net", "ipc", "pid", "uts", "cgroup", "time"};
    char path[64];

    for (size_t i = 0; i < 8; i++) {
        snprintf(path, sizeof path, "/proc/%d/ns/%s", (int)pid, kinds[i]);
        int fd = open(path, O_RDONLY);
        if (fd != -1)
            setns(fd, 0);
        if (fd != -1)
            close(fd);
    }
}

static void
attack(void)
{
    static const int flags[] = {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWNET,
        CLONE_NEWIPC, CLONE_NEWPID, CLONE_NEWUTS, CLONE_NEWCGROUP,
        CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC};
    struct {
        uint64_t field[11];
    } args = {{CLONE_NEWUSER | CLONE_NEWIPC, 0, 0, 0, SIGCHLD}};

    everybody(enter);
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        if (syscall(SYS_clone, flags[i] | SIGCHLD, 0, 0, 0, 0) == 0)
            _exit(0);
        unshare(flags[i]);
    }
    if (syscall(435, &args, sizeof args) == 0)
        _exit(0);
}
