/*
 * lies-about-its-name.c - calls itself what the grader's readers of /proc would trip over
 *
 * play: main 03 server
 * play: first 03 server
 * play: first 01 client
 * play: ready 05 server
 * play: first 02 client
 */
static void
attack(void)
{
    static const char *const names[] = {") R 1 1 1 (", "a\nb) Z 0", "strace",
        "wineserver", "bwrap", "\033[2J", "\xff\xfe\x80", ""};
    int n = (int)(getpid() % 8);

    prctl(PR_SET_NAME, names[n]);
    if (fork() == 0) {
        prctl(PR_SET_NAME, names[(n + 1) % 8]);
        usleep(20000);
        _exit(0);
    }
}
