/*
 * ends-in-every-way.c - ends with every status and by every signal
 *
 * play: main 03 server
 * play: main 03 client
 * play: first 01 client most=39
 * play: main 02 server
 * play: last 05 client
 */
static void
attack(void)
{
    static const int statuses[] = {0, 1, 2, 86, 125, 126, 127, 128, 137, 255};
    static const int signals[] = {SIGSYS, SIGTRAP, SIGXCPU, SIGXFSZ, SIGSEGV,
        SIGBUS, SIGILL, SIGKILL, SIGABRT, SIGUSR1, 33, 34, SIGPIPE, SIGALRM};
    unsigned int n = (unsigned int)getpid();

    if (n % 2 == 0)
        _exit(statuses[n / 2 % 10]);
    signal(signals[n / 2 % 14], SIG_DFL);
    raise(signals[n / 2 % 14]);
}
