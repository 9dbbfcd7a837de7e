/*
 * writes-memory.c - overwrites the memory of everybody
 *
 * play: main 03 server
 * play: first 01 client
 * play: last 01 server
 * play: ready 05 server
 */
static void
overwrite(pid_t pid)
{
    static char block[4096];
    char path[64];
    char *line = (char *)get("/proc/%d/maps", (int)pid);

    snprintf(path, sizeof path, "/proc/%d/mem", (int)pid);
    int fd = open(path, O_WRONLY);
    for (; *line != '\0'; line += strcspn(line, "\n") + 1) {
        unsigned long from = strtoul(line, NULL, 16);
        struct iovec here = {block, sizeof block};
        struct iovec there = {(void *)from, sizeof block};
        process_vm_writev(pid, &here, 1, &there, 1, 0);
        if (fd != -1)
            (void)!pwrite(fd, block, sizeof block, (off_t)from);
        if (strchr(line, '\n') == NULL)
            break;
    }
    if (fd != -1)
        close(fd);
}

static void
attack(void)
{
    everybody(overwrite);
}
