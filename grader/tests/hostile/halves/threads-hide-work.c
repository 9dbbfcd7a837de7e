/*
 * threads-hide-work.c - the half waits as a good one would, its threads do not
 *
 * play: ready 03 server
 * play: thread 03 server
 * play: thread 01 client
 * play: thread 05 server
 */
static void *
spin(void *nothing)
{
    for (volatile unsigned long i = 0;; i++)
        continue;
    return nothing;
}

static void
attack(void)
{
    pthread_t thread;

    for (int i = 0; i < 3; i++)
        pthread_create(&thread, NULL, spin, NULL);
}
