/*
 * D15-spins.c - spins where every item starts it
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
    for (volatile unsigned long i = 0;; i++)
        continue;
}
