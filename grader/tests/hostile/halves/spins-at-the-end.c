/*
 * spins-at-the-end.c - spins, sleeps or waits in a destructor, after all work was done
 *
 * play: last 03 client
 * play: last 01 client
 * play: last 02 client
 * play: last 05 client
 * play: last 04 client
 */
static void
attack(void)
{
    if (getpid() % 3 == 0)
        for (volatile int i = 0;; i = i + 1)
            continue;
    if (getpid() % 3 == 1)
        pause();
    for (;;)
        usleep(1000);
}
