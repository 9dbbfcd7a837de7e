/*
 * memory-of-children.c - thirty children hold 200 MB each
 *
 * play: main 03 server
 * play: child 03 server
 * play: main 01 client
 * play: main 05 client
 */
static void
attack(void)
{
    for (int i = 0; i < 30; i++)
        if (fork() == 0) {
            char *all = mmap(NULL, 200 << 20, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            if (all != MAP_FAILED)
                memset(all, 'x', 200 << 20);
            for (;;)
                pause();
        }
    for (;;)
        pause();
}
