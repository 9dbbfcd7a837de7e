/*
 * streams-changed.c - makes its streams tiny, non-blocking, and reads what it has written
 *
 * play: main 03 server
 * play: first 03 client
 * play: first 02 client
 * play: first 01 server
 */
static void
attack(void)
{
    char path[32];
    char text[64];

    for (int fd = 0; fd < 3; fd++) {
        fcntl(fd, F_SETPIPE_SZ, 4096);
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        int both = open(path, O_RDWR | O_NONBLOCK);
        if (both == -1)
            continue;
        (void)!write(both, "ready\n", 6);
        (void)!read(both, text, sizeof text);
        close(both);
    }
}
