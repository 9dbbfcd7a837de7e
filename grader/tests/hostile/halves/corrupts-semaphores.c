/*
 * corrupts-semaphores.c - overwrites the semaphores of the lab with what no sem_t holds
 *
 * play: ready 01 server
 * play: main 01 client
 * play: first 01 client
 */
static void
attack(void)
{
    static char bytes[4096];
    DIR *dir = opendir("/dev/shm");
    struct dirent *entry;
    char path[300];

    memset(bytes, 0xff, sizeof bytes);
    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        snprintf(path, sizeof path, "/dev/shm/%s", entry->d_name);
        put(path, bytes, 32);
    }
}
