/*
 * thread-bomb.c - makes as many threads as it may
 *
 * play: main 03 server
 * play: main 01 client
 * play: ready 05 server
 */
static void *
wait_for_ever(void *nothing)
{
    pause();
    return nothing;
}

static void
attack(void)
{
    pthread_t thread;
    pthread_attr_t small;

    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 65536);
    for (int i = 0; i < 4000; i++)
        pthread_create(&thread, &small, wait_for_ever, NULL);
}
