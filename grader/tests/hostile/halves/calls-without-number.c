/*
 * calls-without-number.c - makes a million cheap calls, which whoever records them must write down
 *
 * play: first 03 server
 * play: main 03 client
 * play: first 01 client
 * play: main 05 client
 */
static void
attack(void)
{
    for (int i = 0; i < 400000; i++)
        syscall(SYS_close, 1000 + i);
}
