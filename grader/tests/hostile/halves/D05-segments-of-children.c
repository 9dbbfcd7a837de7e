/*
 * D05-segments-of-children.c - children leave System V segments of 150 MB behind
 *
 * play: main 05 client
 * play: child 05 server
 * play: main 01 server
 */
static void
attack(void)
{
    for (int i = 0; i < 12; i++) {
        pid_t pid = fork();
        if (pid == 0) {
            int id = shmget(IPC_PRIVATE, 150 << 20, IPC_CREAT | 0600);
            void *at = id != -1 ? shmat(id, NULL, 0) : (void *)-1;
            if (at != (void *)-1)
                memset(at, 'x', 150 << 20);
            _exit(0);
        }
        if (pid > 0)
            waitpid(pid, NULL, 0);
    }
}
