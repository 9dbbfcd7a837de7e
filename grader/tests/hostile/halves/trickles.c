/*
 * trickles.c - prints a byte now and then, so that something always moves
 *
 * play: main 03 server
 * play: main 03 client slow
 * play: main 02 client slow
 * play: main 01 client slow
 */
static void
attack(void)
{
    for (;;) {
        (void)!write(1, "x", 1);
        usleep(100000);
    }
}
