/*
 * alarms-that-mean-nothing.c - waits for ever, and an alarm wakes it to wait again
 *
 * play: main 03 server
 * play: main 03 client
 * play: main 01 client
 * play: main 02 client
 */
static void
nothing(int number)
{
    (void)number;
}

static void
attack(void)
{
    struct itimerval often = {{0, 200000}, {0, 200000}};
    struct sigaction action = {.sa_handler = nothing};

    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
    for (;;)
        pause();
}
