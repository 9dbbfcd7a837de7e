/*
 * D02-semaphore-cut-short.c - cuts the semaphores of the board while others use them
 *
 * play: main 01 client
 * play: main 01 server
 * play: ready 01 server
 * play: first 01 client
 */
static void
attack(void)
{
    DIR *dir = opendir("/dev/shm");
    struct dirent *entry;
    char path[PATH_MAX];

    for (int i = 0; dir != NULL && i < 50; i++, rewinddir(dir))
        while ((entry = readdir(dir)) != NULL) {
            snprintf(path, sizeof path, "/dev/shm/%s", entry->d_name);
            truncate(path, i % 2 == 0 ? 0 : 7);
        }
    if (dir != NULL)
        closedir(dir);
}
