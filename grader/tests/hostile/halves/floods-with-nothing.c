/*
 * floods-with-nothing.c - floods with NUL bytes, from threads and children, after its end as well
 *
 * play: main 03 client
 * play: main 03 server
 * play: last 01 client
 * play: last 02 client
 * play: last 03 server
 */
static char block[65536];

static void
pour(void)
{
    (void)!write(1, block, sizeof block);
    (void)!write(2, block, sizeof block);
}

static void *
pour_for_ever(void *nothing)
{
    for (;;)
        pour();
    return nothing;
}

static void
attack(void)
{
    pthread_t thread;

    signal(SIGPIPE, SIG_IGN);
    daemon_of(pour);
    pthread_create(&thread, NULL, pour_for_ever, NULL);
    usleep(10000);
}
