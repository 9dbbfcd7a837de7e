/*
 * closes-everything.c - closes all streams, and what the loader has left
 *
 * play: first 03 server
 * play: first 03 client
 * play: main 01 client
 * play: first 05 server
 */
static void
attack(void)
{
    syscall(436, 0, ~0U, 0);
    for (int fd = 0; fd < 1024; fd++)
        close(fd);
}
