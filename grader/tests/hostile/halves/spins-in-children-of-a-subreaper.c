/*
 * spins-in-children-of-a-subreaper.c - children spin for a moment each; the half waits for them
 *
 * play: main 03 server
 * play: main 01 client
 * play: last 05 client
 */
static void
attack(void)
{
    signal(SIGCHLD, SIG_IGN);
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    for (;;) {
        for (int i = 0; i < 4; i++)
            if (fork() == 0) {
                clock_t end = clock() + CLOCKS_PER_SEC / 30;
                while (clock() < end)
                    continue;
                _exit(0);
            }
        usleep(50000);
    }
}
