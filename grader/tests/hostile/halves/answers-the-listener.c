/*
 * answers-the-listener.c - looks for a listener of seccomp's and answers it itself
 *
 * play: main 03 server
 * play: first 01 client
 * play: first 03 call_server
 * play: first 05 server
 */
static void
answer(pid_t pid)
{
    char path[64];
    char notice[512];

    for (int i = 0; i < 32; i++) {
        snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)pid, i);
        int fd = open(path, O_RDWR | O_NONBLOCK);
        if (fd == -1)
            continue;
        memset(notice, 0, sizeof notice);
        ioctl(fd, 0xc0502100, notice);
        ioctl(fd, 0xc0182101, notice);
        close(fd);
    }
}

static void
attack(void)
{
    char notice[512] = {0};

    everybody(answer);
    for (int fd = 0; fd < 64; fd++) {
        ioctl(fd, 0xc0502100, notice);
        ioctl(fd, 0xc0182101, notice);
    }
}
