/*
 * adopts-orphans.c - is a subreaper that never looks at its orphans
 *
 * play: main 03 server
 * play: first 03 server
 * play: first 02 client
 */
static void
attack(void)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    for (int i = 0; i < 8; i++)
        if (fork() == 0) {
            if (fork() == 0)
                _exit(0);
            _exit(0);
        }
}
