/*
 * spins-in-short-lives.c - a chain of processes, each of which spins for a moment and makes the next
 *
 * play: main 03 server
 * play: main 03 client slow
 * play: main 01 client slow
 * play: last 02 client slow
 * play: child 03 server slow
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
