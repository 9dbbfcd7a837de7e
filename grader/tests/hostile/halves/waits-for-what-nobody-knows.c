/*
 * waits-for-what-nobody-knows.c - waits in calls that hardly anybody makes
 *
 * play: main 03 server
 * play: main 03 client
 * play: main 01 client
 * play: main 02 server
 */
static void
attack(void)
{
    sigset_t all;
    int fd = -1;

    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    switch (getpid() % 4) {
    case 0:
        sigsuspend(&all);
        break;
    case 1:
        syscall(SYS_pause);
        break;
    case 2:
        fd = (int)syscall(SYS_inotify_init1, 0);
        (void)!read(fd, &all, sizeof all);
        break;
    default:
        fd = (int)syscall(SYS_eventfd2, 0, 0);
        (void)!read(fd, &all, 8);
    }
    for (;;)
        sigsuspend(&all);
}
