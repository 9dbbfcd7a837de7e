/*
 * traced-child-stays-stopped.c - its child is stopped for a tracer that does nothing: itself
 *
 * play: main 03 client
 * play: main 03 server
 * play: ready 03 server
 * play: last 02 client
 */
static void
attack(void)
{
    pid_t pid = fork();

    if (pid == 0) {
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        raise(SIGSTOP);
        _exit(0);
    }
    if (pid > 0) {
        waitpid(pid, NULL, WUNTRACED);
        pause();
    }
}
