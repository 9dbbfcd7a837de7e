/*
 * executes-itself-for-ever.c - executes itself again and again, also after the file was removed
 *
 * play: mute 03 server
 * play: mute 03 client
 * play: mute 01 client
 */
extern char **environ;

static void
attack(void)
{
    char *arguments[] = {"again", "x", NULL};
    int copy = memfd_create("hostile", 0);
    int self = open("/proc/self/exe", O_RDONLY);

    if (copy != -1 && self != -1)
        copy_all(self, copy);
    fexecve(copy, arguments, environ);
    execv("/proc/self/exe", arguments);
}
