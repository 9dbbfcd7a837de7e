/*
 * endless-exec-arguments.c - executes programs with megabytes of arguments, under strace as well
 *
 * play: main 03 server
 * play: main 02 client
 * play: first 03 client
 */
static void
attack(void)
{
    static char argument[131072 - 1];
    char *arguments[12] = {"/bin/true"};

    memset(argument, '\033', sizeof argument - 1);
    for (int i = 1; i < 11; i++)
        arguments[i] = argument;
    for (int i = 0; i < 20; i++) {
        pid_t pid = fork();
        if (pid == 0) {
            execv("/bin/true", arguments);
            _exit(1);
        }
        waitpid(pid, NULL, 0);
    }
}
