/*
 * D15-floods.c - floods standard output where every item starts it
 *
 * play: main 03 server
 * play: main 03 client
 * play: main 01 client
 * play: main 02 client
 * play: main 05 client
 * play: main 04 server
 */
static void
attack(void)
{
    static char block[65536];

    memset(block, 'o', sizeof block);
    for (;;)
        (void)!write(1, block, sizeof block);
}
