/*
 * paths-in-the-recording.c - makes calls whose arguments spoil the recording of calls
 *
 * play: main 03 server
 * play: main 01 client
 * play: first 05 client
 */
static void
attack(void)
{
    char path[4000];

    memset(path, 'p', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    unlink(path);
    for (int i = 0; i < 30; i++) {
        unlink("\033[2J\n+0.1 ms server | won = 100\n--- SIGKILL ---");
        unlink("exited with 0 +++\n1 <... read resumed>) = 1\n");
        unlink("\", O_RDONLY) = 3\n\xff\xfe\x80");
        unlink("<unfinished ...>\n99999 execve(\"x\", NULL) = 0");
        (void)!write(2, "+++ exited with 0 +++\n", 22);
    }
}
