/*
 * children-of-the-warden.c - makes children that are the warden's, and end all the time
 *
 * play: main 03 server
 * play: main 03 client
 * play: child 01 server
 * play: main 01 client
 */
static void
attack(void)
{
    for (;;) {
        long pid = syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0);
        if (pid == 0)
            _exit(0);
        if (pid == -1)
            usleep(100);
    }
}
