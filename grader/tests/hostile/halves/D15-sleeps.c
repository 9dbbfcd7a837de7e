/*
 * D15-sleeps.c - sleeps where every item starts it
 *
 * play: main 03 server slow
 * play: main 03 client slow
 * play: main 01 client slow
 * play: main 02 server slow
 * play: main 05 client slow
 * play: main 04 server slow
 */
static void
attack(void)
{
    sleep(1000000);
}
