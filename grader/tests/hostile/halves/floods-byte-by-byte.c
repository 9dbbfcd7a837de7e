/*
 * floods-byte-by-byte.c - floods both streams with single bytes
 *
 * play: main 03 server slow
 * play: main 02 client slow
 * play: main 01 client
 * play: last 05 client
 */
static void
attack(void)
{
    for (;;) {
        (void)!write(1, "x", 1);
        (void)!write(2, "y", 1);
    }
}
