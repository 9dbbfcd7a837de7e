/*
 * fills-pipes-and-terminals.c - holds as many pipes, terminals and sockets as it may, all of them full
 *
 * play: main 03 server
 * play: child 03 server
 * play: first 02 client
 */
static void
attack(void)
{
    static char block[1 << 20];
    int ends[2];

    for (int i = 0; i < 15; i++) {
        posix_openpt(O_RDWR);
        if (pipe2(ends, O_NONBLOCK) == 0) {
            fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
            (void)!write(ends[1], block, sizeof block);
        }
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0)
            while (write(ends[0], block, sizeof block) > 0)
                continue;
    }
}
