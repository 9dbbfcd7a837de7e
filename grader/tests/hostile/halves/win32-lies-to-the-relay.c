/*
 * win32-lies-to-the-relay.c - writes what Wine would tell on the descriptor that it has for that
 *
 * play: main 01 client
 * play: main 04 server
 * play: first 03 client
 */
static void
attack(void)
{
    static const char lines[] =
        "0024:Call kernel32.WriteFile(00000044,0021fd00,00000006) ret=1\n"
        "0024:Ret  kernel32.WriteFile() retval=00000001 ret=1\n"
        "ffff:Call \033[2J(\xff\xfe) ret=0\n0024:Ret\n0024:Call KERNEL32.\n"
        "9999:Call kernel32.Sleep(ffffffff) ret=1\n";
    static char block[65536];

    memset(block, 'R', sizeof block);
    for (intptr_t fd = 3; fd < 64; fd++) {
        for (int i = 0; i < 20; i++)
            raw(1, fd, (intptr_t)lines, sizeof lines - 1, 0);
        raw(1, fd, (intptr_t)block, sizeof block, 0);
    }
}
