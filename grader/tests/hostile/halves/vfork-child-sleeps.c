/*
 * vfork-child-sleeps.c - waits in vfork() for a child that never executes anything
 *
 * play: main 03 server
 * play: main 03 client slow
 * play: main 01 client slow
 * play: last 02 client slow
 * play: thread 03 server slow
 */
static void
attack(void)
{
    if (vfork() == 0)
        for (;;)
            pause();
}
