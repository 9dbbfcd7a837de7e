/*
 * clocks-in-descriptors.c - a hang dressed as somebody who waits for a clock in a descriptor
 *
 * play: main 03 server
 * play: main 01 client
 * play: main 05 client
 */
static void
attack(void)
{
    struct itimerspec late = {{0, 0}, {1000000, 0}};
    int fd = timerfd_create(CLOCK_MONOTONIC, 0);
    uint64_t n;

    timerfd_settime(fd, 0, &late, NULL);
    for (;;)
        (void)!read(fd, &n, sizeof n);
}
