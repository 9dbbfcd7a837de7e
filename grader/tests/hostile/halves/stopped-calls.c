/*
 * stopped-calls.c - makes calls that the warden stops, and nothing else
 *
 * play: main 03 server
 * play: main 03 client
 * play: main 01 client
 * play: main 05 client
 */
static void
attack(void)
{
    for (;;) {
        int fd = open("hostile", O_RDWR | O_CREAT, 0600);
        close(fd);
        unlink("hostile");
    }
}
