/*
 * memory-without-a-process.c - memory in files that have no name and no mapping
 *
 * play: main 03 client
 * play: main 01 server
 * play: child 03 server
 */
static void
attack(void)
{
    static char block[1 << 20];

    for (int child = 0; child < 20; child++)
        if (fork() == 0) {
            for (int i = 0; i < 40; i++) {
                int fd = memfd_create("hostile", 0);
                for (int k = 0; fd != -1 && k < 8; k++)
                    if (write(fd, block, sizeof block) <= 0)
                        break;
            }
            for (;;)
                pause();
        }
    for (;;)
        pause();
}
