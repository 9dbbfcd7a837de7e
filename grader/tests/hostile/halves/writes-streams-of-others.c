/*
 * writes-streams-of-others.c - says "ready" and lies on every descriptor of everybody
 *
 * play: main 03 client
 * play: main 01 client
 * play: main 02 client
 * play: main 05 client
 * play: last 03 server
 */
static void
lie(pid_t pid)
{
    char path[64];

    for (int fd = 0; fd < 32; fd++) {
        snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)pid, fd);
        put(path, "ready\n", 6);
    }
}

static void
attack(void)
{
    everybody(lie);
}
