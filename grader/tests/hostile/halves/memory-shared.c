/*
 * memory-shared.c - children share anonymous memory, locked and huge
 *
 * play: main 01 client
 * play: main 03 server
 */
static void
attack(void)
{
    for (int i = 0; i < 30; i++)
        if (fork() == 0) {
            static const int kinds[] = {MAP_HUGETLB, 0, MAP_LOCKED,
                MAP_POPULATE, MAP_GROWSDOWN | MAP_PRIVATE};
            for (size_t k = 0; k < 5; k++) {
                char *all = mmap(NULL, 45 << 20, PROT_READ | PROT_WRITE,
                    (k == 4 ? 0 : MAP_SHARED) | MAP_ANONYMOUS | kinds[k], -1,
                    0);
                if (all != MAP_FAILED)
                    memset(all, 'x', 45 << 20);
            }
            mlockall(MCL_CURRENT | MCL_FUTURE);
            for (;;)
                pause();
        }
    for (;;)
        pause();
}
