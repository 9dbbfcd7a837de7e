/*
 * timers-of-the-library.c - has a timer that starts a thread now and then
 *
 * play: main 03 server
 * play: main 03 client slow
 * play: thread 03 server slow
 */
static void
tick(union sigval value)
{
    (void)value;
}

static void
attack(void)
{
    struct sigevent event = {.sigev_notify = SIGEV_THREAD};
    struct itimerspec often = {{0, 50000000}, {0, 50000000}};
    timer_t timer;

    event.sigev_notify_function = tick;
    timer_create(CLOCK_MONOTONIC, &event, &timer);
    timer_settime(timer, 0, &often, NULL);
    for (;;)
        pause();
}
