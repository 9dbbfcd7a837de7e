/*
 * stop-everybody.c - stops everybody, itself as well
 *
 * play: main 03 server
 * play: main 03 client
 * play: last 01 client
 * play: ready 05 server
 * play: ready 03 server
 */
static void
stop(pid_t pid)
{
    kill(pid, SIGSTOP);
    kill(pid, SIGTTOU);
    kill(pid, SIGTSTP);
}

static void
attack(void)
{
    everybody(stop);
    raise(SIGSTOP);
}
