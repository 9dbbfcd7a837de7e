/*
 * D15-sleeps.c - sleeps where every item starts it
 *
 * play: main 03 server
 * play: main 03 client
 * play: main 01 client
 * play: main 02 server
 * play: main 05 client
 * play: main 04 server
 */
static void
attack(void)
{
    sleep(1000000);
}
