/*
 * removes-everything.c - a daemon removes whatever anybody makes
 *
 * play: first 01 server
 * play: first 03 server
 * play: first 05 server
 * play: main 03 client
 */
static void
remove_all(void)
{
    static const char *const folders[] = {".", "/dev/shm", "/dev/mqueue"};
    struct dirent *entry;

    for (size_t i = 0; i < 3; i++) {
        DIR *dir = opendir(folders[i]);
        while (dir != NULL && (entry = readdir(dir)) != NULL)
            unlinkat(dirfd(dir), entry->d_name, 0);
        if (dir != NULL)
            closedir(dir);
    }
    for (int id = 0; id < 100; id++) {
        msgctl(id, IPC_RMID, NULL);
        semctl(id, 0, IPC_RMID);
        shmctl(id, IPC_RMID, NULL);
    }
}

static void
attack(void)
{
    daemon_of(remove_all);
}
