/*
 * naps.c - wakes up a thousand times a second, in ever other calls
 *
 * play: main 03 server
 * play: main 01 client
 * play: thread 03 server
 * play: main 05 client
 */
static void
attack(void)
{
    struct timespec moment = {0, 1000000};
    struct pollfd none = {-1, POLLIN, 0};
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    for (int i = 0;; i++) {
        if (i % 4 == 0)
            nanosleep(&moment, NULL);
        if (i % 4 == 1)
            poll(&none, 1, 1);
        if (i % 4 == 2)
            sigtimedwait(&set, NULL, &moment);
        if (i % 4 == 3)
            ppoll(&none, 1, &moment, NULL);
    }
}
