/*
 * becomes-the-warden.c - runs the warden, with its own end of a socket
 *
 * play: mute 03 server
 * play: mute 01 client
 */
static void
attack(void)
{
    char kit[PATH_MAX];
    char path[PATH_MAX];
    int ends[2];

    snprintf(kit, sizeof kit, "%.4000s", getenv("PATH"));
    kit[strcspn(kit, ":")] = '\0';
    snprintf(path, sizeof path, "%.4000s/../warden", kit);
    socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
    if (fork() == 0) {
        dup2(ends[1], 3);
        execl(path, "warden", kit, "hostile", "wine", (char *)NULL);
        _exit(1);
    }
    for (int i = 0; i < 1000; i++)
        (void)!write(ends[0], "garbage ", 8);
    close(ends[0]);
    close(ends[1]);
    pause();
}
