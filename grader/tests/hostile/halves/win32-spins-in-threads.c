/*
 * win32-spins-in-threads.c - spins in threads, and in a program that it starts
 *
 * play: main 01 client
 * play: main 03 server
 * play: last 02 client
 */
static DWORD WINAPI
spin(void *none)
{
    for (volatile unsigned long i = 0; none == NULL; i = i + 1)
        continue;
    return 0;
}

static void
attack(void)
{
    for (int i = 0; i < 4; i++)
        CreateThread(NULL, 0, spin, NULL, 0, NULL);
    Sleep(INFINITE);
}
