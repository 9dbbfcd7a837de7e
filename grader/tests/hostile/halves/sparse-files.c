/*
 * sparse-files.c - makes files of many terabytes, of which nothing exists
 *
 * play: main 01 server
 * play: last 01 server
 * play: ready 03 server
 */
static void
attack(void)
{
    static const char *const paths[] = {
        "hostile", "/dev/shm/hostile", "/tmp/hostile", "/dev/shm/sem.hostile"};

    signal(SIGXFSZ, SIG_IGN);
    for (size_t i = 0; i < 4; i++)
        for (int bits = 62; bits > 12; bits -= 5) {
            int fd = open(paths[i], O_RDWR | O_CREAT, 0600);
            if (fd == -1)
                continue;
            (void)!ftruncate(fd, (off_t)1 << bits);
            fallocate(fd, 0, 0, (off_t)1 << bits);
            fallocate(fd, 1, 0, (off_t)1 << bits);
            close(fd);
        }
}
