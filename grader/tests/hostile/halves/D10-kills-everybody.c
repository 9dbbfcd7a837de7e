/*
 * D10-kills-everybody.c - kills everybody whom it can reach, with every signal
 *
 * play: main 03 server
 * play: first 01 client
 * play: last 01 server
 * play: ready 05 server
 * play: last 03 client
 */
static void
kill_one(pid_t pid)
{
    for (int number = SIGRTMAX; number > 0; number--)
        kill(pid, number);
}

static void
attack(void)
{
    for (int number = 1; number <= SIGRTMAX; number++)
        signal(number, SIG_IGN);
    everybody(kill_one);
    kill(-1, SIGTERM);
    kill(-1, SIGKILL);
    kill(0, SIGHUP);
}
