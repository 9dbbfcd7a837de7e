/*
 * writes-on-inherited-descriptors.c - uses every descriptor that it was not given
 *
 * play: main 03 server
 * play: main 01 client
 * play: first 05 client
 * play: last 02 client
 */
static void
attack(void)
{
    static char block[4096];

    for (int fd = 3; fd < 4096; fd++) {
        (void)!write(fd, block, sizeof block);
        (void)!read(fd, block, sizeof block);
        ioctl(fd, FIONREAD, block);
        shutdown(fd, SHUT_RDWR);
    }
}
