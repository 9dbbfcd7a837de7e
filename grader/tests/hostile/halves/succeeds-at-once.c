/*
 * succeeds-at-once.c - ends with success before anything has begun
 *
 * play: first 01 client most=0
 * play: first 02 server most=0
 * play: first 03 client most=0
 * play: first 04 client most=0
 * play: first 05 client most=0
 * play: first 05 buffer_server most=0
 */
static void
attack(void)
{
    _exit(0);
}
