/*
 * deep-folders.c - makes folders in folders until no path reaches them
 *
 * play: main 03 server
 * play: last 03 client
 * play: last 01 server
 * play: ready 05 server
 */
static void
attack(void)
{
    char name[201];

    memset(name, 'd', 200);
    name[200] = '\0';
    int start = open(".", O_RDONLY | O_DIRECTORY);
    for (int i = 0; i < 400; i++)
        if (mkdir(name, 0700) == -1 || chdir(name) == -1)
            break;
    if (fchdir(start) == -1)
        _exit(1);
    for (int i = 0; i < 3000; i++)
        if (mkdir("d", 0700) == -1 || chdir("d") == -1)
            break;
    if (fchdir(start) == -1)
        _exit(1);
    close(start);
}
