/*
 * trickles-on-standard-error.c - complains a little now and then, for ever
 *
 * play: main 03 server
 * play: thread 03 server slow
 * play: main 02 client slow
 * play: main 05 client slow
 */
static void
attack(void)
{
    for (;;) {
        (void)!write(2, ".", 1);
        usleep(5000);
    }
}
