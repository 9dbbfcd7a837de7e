/*
 * stop-itself.c - a half, its child and a thread stop and wait for nobody
 *
 * play: main 03 client
 * play: main 01 server
 * play: last 02 client
 * play: child 03 server
 */
static void
attack(void)
{
    if (fork() == 0)
        for (;;)
            raise(SIGSTOP);
    raise(SIGTTIN);
    raise(SIGSTOP);
}
