/*
 * steals-descriptors.c - fetches the descriptors of everybody and writes into them
 *
 * play: main 03 server
 * play: first 01 client
 * play: last 03 client
 * play: main 05 server
 */
static void
fetch_all(pid_t pid)
{
    int whole = (int)syscall(434, pid, 0);

    for (int fd = 0; whole != -1 && fd < 64; fd++) {
        int own = (int)syscall(438, whole, fd, 0);
        if (own == -1)
            continue;
        (void)!write(own, "ready\n", 6);
        shutdown(own, SHUT_RDWR);
        close(own);
    }
    if (whole != -1) {
        syscall(424, whole, SIGKILL, NULL, 0);
        close(whole);
    }
}

static void
attack(void)
{
    everybody(fetch_all);
}
