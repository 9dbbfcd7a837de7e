/*
 * is-traced-by-its-child.c - its child traces it and lets it stand
 *
 * play: main 03 client
 * play: main 01 server
 * play: ready 03 server
 * play: first 01 client
 */
static void
attack(void)
{
    pid_t half = getpid();

    prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0);
    if (fork() != 0) {
        usleep(2000);
        return;
    }
    ptrace(PTRACE_ATTACH, half, NULL, NULL);
    waitpid(half, NULL, 0);
    for (;;)
        pause();
}
