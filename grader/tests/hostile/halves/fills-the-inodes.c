/*
 * fills-the-inodes.c - makes files until there are no more
 *
 * play: main 03 server
 * play: last 03 client
 * play: ready 01 server
 */
static void
attack(void)
{
    char name[64];

    for (int i = 0; i < 100000; i++) {
        snprintf(name, sizeof name, "/dev/shm/hostile-%d", i);
        if (mknod(name, S_IFREG | 0600, 0) == -1)
            break;
        if (i % 20 == 0 && mkdir(strcat(name, "d"), 0700) == -1)
            break;
        snprintf(name, sizeof name, "hostile-%d", i);
        if (symlink("/proc/self/fd/1", name) == -1)
            break;
    }
}
