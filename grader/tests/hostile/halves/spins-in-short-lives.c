/*
 * spins-in-short-lives.c - a chain of processes, each of which spins for a moment and makes the next
 *
 * play: main 03 server
 * play: main 03 client
 * play: main 01 client
 * play: last 02 client
 * play: child 03 server
 */
static void
attack(void)
{
    setsid();
    for (;;) {
        clock_t end = clock() + CLOCKS_PER_SEC / 20;
        while (clock() < end)
            continue;
        if (fork() != 0)
            _exit(0);
    }
}
