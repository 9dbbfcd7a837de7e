/*
 * D06-child-floods-standard-error.c - a child of the half floods standard error
 *
 * play: main 03 server
 * play: main 03 client
 * play: main 02 client
 * play: child 03 server
 */
static void
attack(void)
{
    static char block[65536];

    memset(block, 'e', sizeof block);
    if (fork() == 0)
        for (;;)
            (void)!write(2, block, sizeof block);
    pause();
}
