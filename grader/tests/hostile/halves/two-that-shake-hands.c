/*
 * two-that-shake-hands.c - two processes wake each other for ever, and nobody else is served
 *
 * play: main 03 server
 * play: main 01 client
 * play: child 03 server
 */
static void
attack(void)
{
    int there[2];
    int back[2];
    char byte = 'x';

    if (pipe(there) == -1 || pipe(back) == -1)
        return;
    if (fork() == 0)
        for (;;)
            if (read(there[0], &byte, 1) != 1 || write(back[1], &byte, 1) != 1)
                _exit(0);
    for (;;)
        if (write(there[1], &byte, 1) != 1 || read(back[0], &byte, 1) != 1)
            return;
}
