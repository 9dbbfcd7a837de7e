/*
 * dead-first-thread.c - its first thread ends, others spin, sleep or print
 *
 * play: main 03 client
 * play: main 01 client
 * play: ready 03 server
 * play: main 05 client
 */
static void *
work(void *what)
{
    if (what == NULL)
        for (;;)
            pause();
    for (;;)
        usleep(300000);
    return NULL;
}

static void
attack(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, work, NULL);
    pthread_create(&thread, NULL, work, "naps");
    pthread_exit(NULL);
}
