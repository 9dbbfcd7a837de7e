/*
 * daemons.c - leaves daemons that have closed everything and wait for a second chance
 *
 * play: main 03 server
 * play: last 01 client
 * play: last 02 client
 * play: last 05 server
 * play: ready 03 server
 */
static void
act(void)
{
    for (int fd = 0; fd < 64; fd++)
        close(fd);
    for (int number = 1; number <= SIGRTMAX; number++)
        signal(number, SIG_IGN);
    prctl(PR_SET_NAME, "kworker/0:1");
    put("hostile", "here", 4);
    pause();
}

static void
attack(void)
{
    for (int i = 0; i < 8; i++)
        daemon_of(act);
}
