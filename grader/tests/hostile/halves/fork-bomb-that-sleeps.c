/*
 * fork-bomb-that-sleeps.c - makes as many processes as it may, which wait
 *
 * play: main 03 server
 * play: child 01 server
 * play: ready 03 server
 * play: last 02 client
 */
static void
attack(void)
{
    for (int i = 0; i < 200; i++)
        if (fork() == 0) {
            setsid();
            for (;;)
                pause();
        }
}
