/*
 * children-end-for-ever.c - something ends all the time, and nothing comes of it
 *
 * play: main 03 server
 * play: main 03 client
 * play: main 01 client
 * play: main 02 server
 * play: last 05 client
 */
static void
attack(void)
{
    for (;;) {
        pid_t pid = fork();
        if (pid == 0) {
            if (fork() == 0)
                usleep(1000);
            _exit(0);
        }
        waitpid(pid, NULL, 0);
    }
}
