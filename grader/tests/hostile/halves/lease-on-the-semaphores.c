/*
 * lease-on-the-semaphores.c - leases the files of the lab for writing, and never gives way
 *
 * play: ready 01 server
 * play: ready 05 server
 * play: main 01 client
 */
static void
lease(const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    char path[PATH_MAX];

    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        int fd = open(path, O_RDWR | O_NONBLOCK);
        if (fd != -1)
            fcntl(fd, F_SETLEASE, F_WRLCK);
    }
    if (dir != NULL)
        closedir(dir);
}

static void
attack(void)
{
    signal(SIGIO, SIG_IGN);
    if (fork() != 0)
        return;
    for (int i = 0; i < 50; i++) {
        lease(".");
        lease("/dev/shm");
        usleep(1000);
    }
    for (;;)
        pause();
}
